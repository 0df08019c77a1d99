// npm run setup: provides what this machine lacks. Quiet when nothing is missing.
import { main } from "./main.js";
import { ensureSetup } from "./setup/ensure.js";

await main(async () => {
  await ensureSetup();
});
