/** Why a plan cannot be reviewed. The message is one sentence for whoever asked for the review. */
export class ReviewError extends Error {
  override readonly name = "ReviewError";
}
