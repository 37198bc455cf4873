import { limit } from "../../../gateway/emulator/limit";

it("a limit lets only so many run, and all in the end", async () => {
  const few = limit(2);
  let inside = 0;
  let most = 0;
  const work = () =>
    few(async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 1));
      inside--;
    });
  await Promise.all(Array.from({ length: 9 }, work));
  expect(most).toBe(2);
});
