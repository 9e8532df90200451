import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { promisify } from "node:util";
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/prisma/embedded";
import { migrate } from "@/prisma/migrate";
import type { Child } from "./child-process";
import { type DataFolder, keepSecret } from "./data-folder";
import { supervise, type Supervised, type Watcher } from "./supervise";

export interface PreparedDatabase {
  description: string;
  url: string;
  /** The same database as the less privileged login of the web process. */
  webUrl: string;
  webSessionUrl: string | undefined;
  notes: string[];
  server: EmbeddedPostgres | undefined;
}

const GROUP_ROLE = "shepherd_web";

/** The given server, or the one from npm; migrated, seeded, and with a login for the web process. */
export async function prepareDatabase(data: DataFolder, port: number): Promise<PreparedDatabase> {
  const given = process.env["DATABASE_URL"];
  const server = given ? undefined : await startOwnServer(data, port);
  const url = given ?? server?.url ?? "";
  try {
    await migrate(url);
    await seed(url);
    const login = await prepareWebLogin(url, data, server !== undefined);
    const session = process.env["DATABASE_SESSION_URL"];
    return {
      description: server
        ? `PostgreSQL from npm, data in ${server.directory}`
        : `PostgreSQL at ${hostOf(url)}`,
      url,
      webUrl: login ? withLogin(url, login) : url,
      webSessionUrl: session && login ? withLogin(session, login) : session,
      notes: login ? [] : [noLoginNote(url)],
      server,
    };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

function startOwnServer(data: DataFolder, port: number): Promise<EmbeddedPostgres> {
  const log = fs.createWriteStream(`${data.logs}/postgres.log`, { flags: "a", mode: 0o600 });
  return startEmbeddedPostgres({ directory: data.postgres, port, onLog: (text) => log.write(text) });
}

/** PostgreSQL is started again on the same port when it crashes; whoever was connected reconnects. */
export function keepDatabaseRunning(
  server: EmbeddedPostgres,
  data: DataFolder,
  watcher: Watcher,
): Supervised {
  const start = async () => asChild(await startOwnServer(data, server.port), data);
  return supervise({ name: "database", first: asChild(server, data), start, ...watcher });
}

function asChild(server: EmbeddedPostgres, data: DataFolder): Child {
  const exited = server.exited.then(() => "unexpectedly");
  return { pid: server.pid, lastLines: () => [`see ${data.logs}/postgres.log`], exited, end: server.stop };
}

async function seed(url: string) {
  const environment = { ...process.env, DATABASE_URL: url };
  await promisify(execFile)(process.execPath, ["--import", "tsx", "prisma/seed.ts"], { env: environment });
}

interface Login {
  name: string;
  password: string;
}

/** Undefined where the database's user may not make logins. */
async function prepareWebLogin(
  url: string,
  data: DataFolder,
  isOwnServer: boolean,
): Promise<Login | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ may: boolean; exists: boolean; group: boolean; database: string }>(
      `SELECT rolsuper OR rolcreaterole AS may, current_database() AS database,
              EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS "group"
         FROM pg_roles WHERE rolname = current_user`,
      [GROUP_ROLE],
    );
    const facts = rows[0];
    if (!facts?.may || !facts.group) return undefined;
    const login = { name: loginName(facts.database, isOwnServer), password: keepSecret(data.webPassword) };
    await writeLogin(client, login);
    return login;
  } finally {
    await client.end();
  }
}

// Logins belong to a whole server, which may hold more than one Shepherd.
function loginName(database: string, isOwnServer: boolean): string {
  const name = "shepherd_web_login";
  return isOwnServer ? name : `${name}_${createHash("sha256").update(database).digest("hex").slice(0, 8)}`;
}

async function writeLogin(client: pg.Client, login: Login) {
  const name = client.escapeIdentifier(login.name);
  const password = client.escapeLiteral(login.password);
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [login.name]);
  if (!rowCount) await client.query(`CREATE ROLE ${name} LOGIN IN ROLE ${GROUP_ROLE} PASSWORD ${password}`);
  else await client.query(`ALTER ROLE ${name} LOGIN PASSWORD ${password}`);
}

function withLogin(url: string, login: Login): string {
  const result = new URL(url);
  result.username = login.name;
  result.password = login.password;
  return result.toString();
}

function noLoginNote(url: string): string {
  const user = new URL(url).username;
  return `The database user ${user} may not create roles, so the portal uses it too; ask for a login in role ${GROUP_ROLE}.`;
}

function hostOf(url: string): string {
  return new URL(url).host;
}
