// npm run build:helper: builds the helper for release when its sources changed.
import { buildHelper } from "./build/buildHelper.js";
import { main } from "./main.js";

await main(async () => {
  await buildHelper();
});
