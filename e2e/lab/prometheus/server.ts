import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { readBody, send } from "../directory/exchange";
import { listenTls } from "../directory/listen";
import { createCertificates, type Certificates } from "../kubevirt/certificates";
import type { Measured } from "../kubevirt/metrics/measures";
import { answerQuery, type Sample } from "./answer-query";
import { QueryRefused, readQuery } from "./read-query";

interface PrometheusOptions {
  /** Who is measured now. */
  machines: () => readonly Measured[];
  port?: number;
  /** Certificate, token and port are kept here; without it they live as long as the server. */
  stateFolder?: string;
}

/** Instead of its answer: a status, or a text word for word. */
interface PrometheusFault {
  status?: number;
  body?: string;
}

export interface PrometheusLab {
  url: string;
  token: string;
  caCertificate: string;
  /** Every query as it came. */
  queries: string[];
  setFault(fault: PrometheusFault | null): void;
  stop(): Promise<void>;
}

interface Kept extends Certificates {
  token: string;
  port: number;
}

const host = "127.0.0.1";

/** Measures the lab's machines: a Prometheus as far as the product asks one, reached over TLS with a bearer token. */
export async function startPrometheusLab(options: PrometheusOptions): Promise<PrometheusLab> {
  const kept = readKept(options.stateFolder) ?? (await makeKept());
  const listening = await listenTls(options.port ?? kept.port, kept);
  keep(options.stateFolder, { ...kept, port: listening.port });
  const queries: string[] = [];
  let fault: PrometheusFault | null = null;
  listening.answerWith(async (request, response) => {
    const answer = await answerCall(request, { token: kept.token, machines: options.machines, queries });
    const { status, body } = { ...answer, ...fault };
    send(response, { status, type: "application/json", body });
  });
  return {
    url: `https://${host}:${listening.port}`,
    token: kept.token,
    caCertificate: kept.caPem,
    queries,
    setFault: (next) => {
      fault = next;
    },
    stop: () => listening.stop(),
  };
}

interface Setting {
  token: string;
  machines: () => readonly Measured[];
  queries: string[];
}

async function answerCall(request: IncomingMessage, { token, machines, queries }: Setting) {
  if (request.headers.authorization !== `Bearer ${token}`) return { status: 401, body: "Unauthorized" };
  const url = new URL(request.url ?? "/", `https://${host}`);
  const given = request.method === "POST" ? new URLSearchParams(await readBody(request)) : url.searchParams;
  queries.push(given.get("query") ?? "");
  try {
    if (url.pathname === "/api/v1/query_range") return succeed("matrix", range(given, machines()));
    if (url.pathname === "/api/v1/query") return succeed("vector", instant(given, machines()));
    return { status: 404, body: "404 page not found" };
  } catch (error) {
    if (!(error instanceof QueryRefused)) throw error;
    return {
      status: 400,
      body: JSON.stringify({ status: "error", errorType: "bad_data", error: error.message }),
    };
  }
}

function succeed(resultType: string, result: unknown) {
  return { status: 200, body: JSON.stringify({ status: "success", data: { resultType, result } }) };
}

function instant(given: URLSearchParams, machines: readonly Measured[]) {
  const at = new Date();
  const samples = answerQuery(readQuery(given.get("query") ?? ""), { machines, at });
  return samples.map(({ labels, value }) => ({
    metric: labels,
    value: [at.getTime() / 1000, String(value)],
  }));
}

const pointsMax = 11_000;

function range(given: URLSearchParams, machines: readonly Measured[]) {
  const [start, end, step] = ["start", "end", "step"].map((name) => Number(given.get(name)));
  if (!start || !end || !step || step <= 0 || end < start) throw new QueryRefused("invalid parameter");
  if ((end - start) / step > pointsMax)
    throw new QueryRefused("exceeded maximum resolution of 11,000 points per timeseries");
  const query = readQuery(given.get("query") ?? "");
  const series = new Map<string, { metric: Sample["labels"]; values: [number, string][] }>();
  for (let at = start; at <= end; at += step) {
    for (const { labels, value } of answerQuery(query, { machines, at: new Date(at * 1000) })) {
      const key = JSON.stringify(Object.entries(labels).sort());
      const one = series.get(key) ?? { metric: labels, values: [] };
      one.values.push([at, String(value)]);
      series.set(key, one);
    }
  }
  return [...series.values()];
}

const fileName = "prometheus.json";

function readKept(folder: string | undefined): Kept | null {
  if (folder === undefined || !existsSync(path.join(folder, fileName))) return null;
  const kept: Kept = JSON.parse(readFileSync(path.join(folder, fileName), "utf8"));
  return kept;
}

async function makeKept(): Promise<Kept> {
  const certificates = await createCertificates("prometheus-ca", "prometheus", [host, "localhost"]);
  return { ...certificates, token: randomBytes(24).toString("base64url"), port: 0 };
}

/** So that a portal that was told of this server finds it again. */
function keep(folder: string | undefined, kept: Kept): void {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, fileName), JSON.stringify(kept), { mode: 0o600 });
}
