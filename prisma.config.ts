import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= fileURLToPath(
  new URL("prisma/schema-engine.mjs", import.meta.url),
);
process.env["CHECKPOINT_DISABLE"] ??= "1";
process.env["PRISMA_HIDE_UPDATE_MESSAGE"] ??= "1";

const url = process.env["DATABASE_URL"];

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations", seed: "node --import tsx prisma/seed.ts" },
  ...(url ? { datasource: { url } } : {}),
});
