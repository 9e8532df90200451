import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65535);

/** Every variable the product reads (spec §9). Nobody else touches process.env. */
const variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  DATABASE_URL: z.string().min(1),
  /** A session-mode address for the queue and for LISTEN, where DATABASE_URL goes through a pooler. */
  DATABASE_SESSION_URL: z.string().min(1).optional(),
  DB_POOL_MAX: z.coerce.number().int().min(1).max(200).default(20),
  HOST: z.string().default("127.0.0.1"),
  PORT: port.default(3000),
  CONSOLE_PORT: port.default(3001),
  CONSOLE_URL: z.url().default("http://127.0.0.1:3001"),
  /** Where the console process keeps uploaded images until their cluster has them. */
  UPLOAD_DIR: z.string().min(1).optional(),
  /** Where the console processes keep recordings; several of them share one folder. */
  RECORDINGS_DIR: z.string().min(1).optional(),
  WORKER_HEALTH_PORT: port.default(3002),
  PUBLIC_BASE_URL: z.url().optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  MAX_WORKERS: z.coerce.number().int().min(1).max(50).default(10),
  /** 32 bytes, hex or base64: opens cluster credentials. Only the worker and the console proxy need it. */
  ENCRYPTION_KEY: z.string().optional(),
  /** 32 bytes, hex or base64: signs the session cookie. */
  SESSION_SECRET: z.string().optional(),
  /** Host and port of a Temporal server that leads approvals through their steps; without it PostgreSQL does. */
  TEMPORAL_ADDRESS: z.string().min(1).optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default("default"),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default("shepherd"),
  /** Files in PEM: whom Temporal's certificate comes from, and who we are to it. */
  TEMPORAL_TLS_CA: z.string().min(1).optional(),
  TEMPORAL_TLS_CERT: z.string().min(1).optional(),
  TEMPORAL_TLS_KEY: z.string().min(1).optional(),
});

export type Environment = z.output<typeof variables>;

let parsed: Environment | undefined;

/** Parsed on first use, so that a build needs no database address. */
export function env(): Environment {
  parsed ??= parseEnvironment(process.env);
  return parsed;
}

function parseEnvironment(values: NodeJS.ProcessEnv): Environment {
  const result = variables.safeParse(values);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`environment variables are wrong: ${problems.join("; ")}`);
}

export function sessionDatabaseUrl(): string {
  return env().DATABASE_SESSION_URL ?? env().DATABASE_URL;
}

/** The address people type; links, cookies and origin checks derive from it. */
export function publicBaseUrl(): URL {
  return new URL(env().PUBLIC_BASE_URL ?? `http://${env().HOST}:${env().PORT}`);
}
