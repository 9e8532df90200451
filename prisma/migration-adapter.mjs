import { randomUUID } from "node:crypto";
import pg from "pg";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";

const POSTGRES_CHAR_TYPE = 18;
const POSTGRES_TEXT_TYPE = 25;

/** The stock adapter answers queries; four corrections make it fit for migrations. */
export class MigrationAdapterFactory extends PrismaPg {
  open = [];

  constructor({ url, shadowDatabaseUrl }, options) {
    super({ connectionString: url, max: 1 }, options);
    this.url = url;
    this.shadowUrl = shadowDatabaseUrl;
  }

  async connect() {
    const adapter = correctAdapter(await super.connect());
    if (!this.url) answerWithoutDatabase(adapter);
    this.open.push(adapter);
    return adapter;
  }

  async close() {
    // A connection that is already gone has nothing left to close.
    for (const adapter of this.open.splice(0)) await adapter.dispose().catch(() => undefined);
  }

  // The stock factory keeps `connectionString` in the pool, and pg lets that win over `database`:
  // its shadow database would be the real one.
  async connectToShadowDb() {
    if (this.shadowUrl) return connectOnce(this.shadowUrl, this.options);
    const name = `prisma_migrate_shadow_db_${randomUUID()}`;
    await withConnection(this.url, (client) => client.query(`CREATE DATABASE "${name}"`));
    const shadow = await connectOnce(databaseUrl(this.url, name), this.options);
    const dispose = shadow.dispose.bind(shadow);
    // The pool is closed before the drop, which a connection of its own would block.
    shadow.dispose = async () => {
      await dispose();
      await withConnection(this.url, (client) =>
        client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
      );
    };
    return shadow;
  }
}

// The engine asks for the server's version before any work, even to compare two files.
function answerWithoutDatabase(adapter) {
  adapter.queryRaw = async ({ sql }) => {
    if (!sql.includes("server_version_num"))
      throw new Error("This command needs a database: set DATABASE_URL.");
    return {
      columnNames: ["exists", "version", "numeric_version"],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, "PostgreSQL 18.4", 180004]],
    };
  };
}

async function connectOnce(url, options) {
  return correctAdapter(await new PrismaPg({ connectionString: url, max: 1 }, options).connect());
}

function correctAdapter(adapter) {
  // The stock version splits at semicolons, which breaks functions and DO blocks.
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return readCharColumns(adapter);
}

/** The catalogs use PostgreSQL's internal "char", which the stock adapter refuses; it passes as one character. */
function readCharColumns(adapter) {
  // The engine asks one query at a time, so the columns of the last answer are the right ones.
  let charColumns = [];
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    charColumns = [];
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== POSTGRES_CHAR_TYPE) continue;
      field.dataTypeID = POSTGRES_TEXT_TYPE;
      charColumns.push(index);
    }
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns) {
      result.columnTypes[index] = ColumnTypeEnum.Character;
      for (const row of result.rows) if (row[index] === "") row[index] = "\0";
    }
    return result;
  };
  return adapter;
}

export function databaseUrl(url, database) {
  const result = new URL(url);
  if (database) result.pathname = `/${database}`;
  return result.toString();
}

export async function withConnection(url, work) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
