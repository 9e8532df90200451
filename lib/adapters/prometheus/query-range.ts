import { z } from "zod";
import { OutsideFetchFailure, outsideFetch } from "@/lib/core/outside-fetch";
import { joinExpressions } from "./promql";

export interface PrometheusSource {
  /** https, without a trailing path of the API. */
  address: string;
  caCertificate: string | null;
  token: string | null;
}

interface RangeQuery {
  query: string;
  start: Date;
  end: Date;
  stepSeconds: number;
}

interface MeasuredSeries {
  labels: Record<string, string>;
  /** Seconds since 1970 and the value. */
  points: [number, number][];
}

const bytesMax = 4 * 1024 * 1024;
const seriesMax = 100;
const pointsMax = 11_000;

/** What was measured between two moments; an answer that is not Prometheus's own is a refusal. */
export async function queryRange(
  source: PrometheusSource,
  { query, start, end, stepSeconds }: RangeQuery,
  timeoutSeconds = 6,
): Promise<MeasuredSeries[]> {
  const data = await callPrometheus(source, "/api/v1/query_range", {
    query,
    start: secondsOf(start),
    end: secondsOf(end),
    step: String(stepSeconds),
    timeoutSeconds,
  });
  const parsed = matrix.safeParse(data);
  if (!parsed.success) throw unreadable(source);
  return parsed.data.result.map(({ metric, values }) => ({ labels: metric, points: pointsOf(values) }));
}

/** Whether it answers at all, and which of these metrics it knows: for a person who tries the connection. */
export async function listKnownMetrics(
  source: PrometheusSource,
  metrics: readonly string[],
  timeoutSeconds = 6,
): Promise<string[]> {
  const query = joinExpressions(Object.fromEntries(metrics.map((metric) => [metric, `count(${metric})`])));
  const data = await callPrometheus(source, "/api/v1/query", { query, timeoutSeconds });
  const parsed = vector.safeParse(data);
  if (!parsed.success) throw unreadable(source);
  const found = parsed.data.result.map(({ metric }) => metric["series"]);
  return metrics.filter((metric) => found.includes(metric));
}

interface Call {
  query: string;
  timeoutSeconds: number;
  [parameter: string]: string | number;
}

async function callPrometheus(
  { address, caCertificate, token }: PrometheusSource,
  path: string,
  { timeoutSeconds, ...parameters }: Call,
): Promise<unknown> {
  const fetch = outsideFetch({ caCertificate, timeoutSeconds, bytesMax });
  const body = new URLSearchParams({ ...stringsOf(parameters), timeout: `${timeoutSeconds}s` });
  const answer = await fetch(`${address.replace(/\/+$/, "")}${path}`, {
    method: "POST",
    headers: {
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
      "user-agent": "kubevirt-shepherd",
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: body.toString(),
  });
  return readData(answer.status, await answer.text(), address);
}

function stringsOf(parameters: Record<string, string | number>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
}

const success = z.object({ status: z.literal("success"), data: z.unknown() });
const failure = z.object({ status: z.literal("error"), error: z.string() });

function readData(status: number, text: string, address: string): unknown {
  const { origin } = new URL(address);
  const answer = readJson(text);
  const failed = failure.safeParse(answer);
  if (failed.success || status !== 200) {
    const words = failed.success ? cleanWords(failed.data.error) : `answers ${status}`;
    const kind = status === 429 || status >= 500 ? "unavailable" : "rejected";
    throw new OutsideFetchFailure(kind, "answer", `${origin}: ${status} ${words}`);
  }
  const parsed = success.safeParse(answer);
  if (!parsed.success) throw new OutsideFetchFailure("rejected", "answer", `${origin} is no Prometheus`);
  return parsed.data.data;
}

function cleanWords(text: string): string {
  return text
    .slice(0, 300)
    .replace(/\p{Cc}/gu, " ")
    .toWellFormed();
}

const labels = z.record(z.string().max(256), z.string().max(1_024));
// Values are texts, since JSON has no NaN and no infinity.
const value = z.tuple([z.number(), z.string().max(64)]);
const matrix = z.object({
  resultType: z.literal("matrix"),
  result: z.array(z.object({ metric: labels, values: z.array(value).max(pointsMax) })).max(seriesMax),
});
const vector = z.object({
  resultType: z.literal("vector"),
  result: z.array(z.object({ metric: labels })).max(seriesMax),
});

function pointsOf(values: [number, string][]): [number, number][] {
  return values
    .map(([at, text]): [number, number] => [at, Number(text)])
    .filter(([at, number]) => Number.isFinite(at) && Number.isFinite(number))
    .sort(([a], [b]) => a - b);
}

function unreadable({ address }: PrometheusSource): OutsideFetchFailure {
  return new OutsideFetchFailure(
    "rejected",
    "answer",
    `${new URL(address).origin} gives an answer of another shape`,
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function secondsOf(moment: Date): string {
  return (moment.getTime() / 1000).toFixed(3);
}
