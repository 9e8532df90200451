// Preloaded by tools: without DATABASE_URL they work on the database of the Shepherd that npm run up has started.
import fs from "node:fs";

const news = ".data/up.json";

if (!process.env.DATABASE_URL && fs.existsSync(news)) {
  process.env.DATABASE_URL = JSON.parse(fs.readFileSync(news, "utf8")).databaseUrl;
}
