import { reportMistake } from "./lib/checked-settings";
import { synthesize } from "./lib/synthesize";

if (require.main === module) reportMistake(() => synthesize());
