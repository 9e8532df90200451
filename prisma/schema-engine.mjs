#!/usr/bin/env node
// Stands where the Prisma CLI expects its native schema engine, which cannot be downloaded everywhere:
// the official WebAssembly build of that engine behind the same arguments and JSON-RPC over stdio.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { databaseUrl, MigrationAdapterFactory, withConnection } from "./migration-adapter.mjs";

const FLAGS_WITH_UNUSED_VALUE = new Set(["--enabled-preview-features", "--extension-types"]);

const invocation = readArguments(process.argv.slice(2));
if (invocation.version) process.stdout.write("schema-engine-cli wasm\n");
else if (invocation.command)
  process.exitCode = await runCommand(invocation.command, invocation.datasource.url);
else serveRequests();

function readArguments(words) {
  const result = { datamodels: [], datasource: {}, command: undefined, version: false };
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === "--datamodels") result.datamodels.push(words[++i]);
    else if (word === "--datasource") result.datasource = JSON.parse(words[++i]);
    else if (FLAGS_WITH_UNUSED_VALUE.has(word)) i++;
    else if (word === "cli") result.command = words[++i];
    else if (word === "--version" || word === "-V") result.version = true;
  }
  return result;
}

function writeLog(level, message, errorCode) {
  const fields = { message, ...(errorCode ? { error_code: errorCode } : {}) };
  const line = { timestamp: new Date().toISOString(), level, fields, target: "schema_engine::logger" };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** The three one-off commands the CLI runs before it opens the JSON-RPC conversation. */
async function runCommand(command, url) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const quoted = pg.escapeIdentifier(name);
  const statements = {
    "can-connect-to-database": [url, "SELECT 1"],
    "create-database": [databaseUrl(url, "postgres"), `CREATE DATABASE ${quoted}`],
    "drop-database": [databaseUrl(url, "postgres"), `DROP DATABASE ${quoted}`],
  };
  try {
    const statement = statements[command];
    if (!statement) throw new Error(`unknown command ${command}`);
    await withConnection(statement[0], (client) => client.query(statement[1]));
    return 0;
  } catch (error) {
    // The CLI skips the first line of standard error.
    writeLog("INFO", "schema-engine (wasm)");
    writeLog("ERROR", ...describeFailure(error, url, name));
    return 1;
  }
}

function describeFailure(error, url, name) {
  switch (error.code) {
    case "3D000":
      return [`Database \`${name}\` does not exist`, "P1003"];
    case "28P01":
    case "28000":
      return [error.message, "P1000"];
    case "42P04":
      return [error.message, "P1009"];
    case "ECONNREFUSED":
    case "ENOTFOUND":
    case "ETIMEDOUT":
      return [`Can't reach database server at \`${new URL(url).host}\``, "P1001"];
    default:
      return [error.message || String(error), undefined];
  }
}

function serveRequests() {
  const readPanic = loadEngine();
  let queue = Promise.resolve();
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  lines.on("line", (line) => {
    if (!line.trim()) return;
    const request = JSON.parse(line);
    if (request.method) queue = queue.then(() => answerRequest(request, readPanic));
  });
  lines.on("close", () => void queue.finally(() => process.exit(0)));
}

function loadEngine() {
  const file = fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm"));
  const bytes = readFileSync(file.replace("schema_engine.js", "schema_engine_bg.wasm"));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  let panic = "";
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (panic = message) };
  return () => panic;
}

async function answerRequest({ id, method, params }, readPanic) {
  // The migration lock belongs to a connection, so each call has its own engine and connection.
  const factory = new MigrationAdapterFactory(invocation.datasource, { schema: readSchemaName() });
  try {
    const result = await callEngine(await createEngine(factory), method, params);
    send({ id, result: result ?? null });
  } catch (error) {
    send({ id, error: describeError(error, readPanic) });
  } finally {
    await factory.close();
  }
}

// A schema given as ?schema=x is Prisma's convention, not that of PostgreSQL's own clients.
function readSchemaName() {
  const { url } = invocation.datasource;
  return url ? (new URL(url).searchParams.get("schema") ?? undefined) : undefined;
}

function createEngine(factory) {
  const { datamodels } = invocation;
  const files = datamodels.length ? datamodels.map((file) => [file, readFileSync(file, "utf8")]) : undefined;
  const writeDebug = (message) => {
    if (process.env.DEBUG?.includes("schemaEngine")) writeLog("INFO", String(message));
  };
  return bindings.SchemaEngine.new(
    { datamodels: files },
    writeDebug,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
}

let printedCount = 0;

async function callEngine(engine, method, params) {
  switch (method) {
    case "getDatabaseVersion":
      return engine.version(params ?? null);
    case "createDatabase":
      return { databaseName: new URL(invocation.datasource.url).pathname.slice(1) };
    case "diff": {
      const { stdout, exitCode } = await engine.diff(params);
      if (stdout != null)
        send({ id: `print-${++printedCount}`, method: "print", params: { content: stdout } });
      return { exitCode };
    }
    case "evaluateDataLoss":
    case "createMigration":
      // These two cannot open a shadow database, but use what a diagnosis on the same engine has found.
      await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
      return engine[method](params);
    default:
      if (typeof engine[method] !== "function") throw new Error(`unsupported method ${method}`);
      return engine[method](params ?? {});
  }
}

function describeError(error, readPanic) {
  const isPanic = error instanceof WebAssembly.RuntimeError;
  const message = isPanic ? readPanic() || error.message : (error?.message ?? String(error));
  const details = { is_panic: isPanic, message, error_code: error?.code, meta: error?.meta ?? null };
  return { code: 4466, message: "An error happened. Check the data field for details.", data: details };
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}
