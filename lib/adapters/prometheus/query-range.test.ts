import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Measured } from "@/e2e/lab/kubevirt/metrics/measures";
import { QueryRefused, readQuery, type Query } from "@/e2e/lab/prometheus/read-query";
import { startPrometheusLab, type PrometheusLab } from "@/e2e/lab/prometheus/server";
import { joinExpressions, machineExpressions, quoteText } from "./promql";
import { listKnownMetrics, queryRange, type PrometheusSource } from "./query-range";

let lab: PrometheusLab;
let source: PrometheusSource;

const startedAt = new Date(Date.now() - 3 * 3_600_000);
const secret: Measured = {
  ...{ namespace: "prod", name: "secret", startedAt },
  ...{ cpuCores: 8, memoryBytes: 2 ** 34 },
};
const mine: Measured = { namespace: "team-a", name: "web-01", startedAt, cpuCores: 2, memoryBytes: 2 ** 32 };

beforeAll(async () => {
  lab = await startPrometheusLab({ machines: () => [mine, secret] });
  source = { address: lab.url, caCertificate: lab.caCertificate, token: lab.token };
});
afterEach(() => lab.setFault(null));
afterAll(() => lab.stop());

function ask(machine: { namespace: string; name: string }, from: PrometheusSource = source) {
  const end = new Date();
  const start = new Date(end.getTime() - 3_600_000);
  const query = joinExpressions(machineExpressions(machine, 120));
  return queryRange(from, { query, start, end, stepSeconds: 30 });
}

test("one query brings every series of one machine, on its steps", async () => {
  const before = lab.queries.length;
  const series = await ask(mine);
  expect(lab.queries.length).toBe(before + 1);
  expect(series.map(({ labels }) => labels["series"]).sort()).toEqual([
    ...["cpu", "diskRead", "diskWrite", "memory", "networkIn", "networkOut"],
  ]);
  const cpu = series.find(({ labels }) => labels["series"] === "cpu")?.points ?? [];
  expect(cpu.length).toBe(121);
  expect(Math.max(...cpu.map(([, value]) => value))).toBeLessThanOrEqual(mine.cpuCores);
  expect(Math.max(...cpu.map(([, value]) => value))).toBeGreaterThan(0.5);
  const memory = series.find(({ labels }) => labels["series"] === "memory")?.points ?? [];
  expect(Math.max(...memory.map(([, value]) => value))).toBeLessThan(mine.memoryBytes);
});

test("a machine nobody measures brings nothing", async () => {
  expect(await ask({ namespace: "team-a", name: "web-02" })).toEqual([]);
});

test("whoever tries the connection learns which metrics are known", async () => {
  const known = await listKnownMetrics(source, ["kubevirt_vmi_memory_used_bytes", "kubevirt_vmi_nothing"]);
  expect(known).toEqual(["kubevirt_vmi_memory_used_bytes"]);
});

const injections = [
  '"} or kubevirt_vmi_cpu_usage_seconds_total{name="secret',
  'x"} or vector(1) #',
  'x",namespace="prod',
  'x\\"} or up{a="',
  "x\\",
  "x\\\\",
  'x\\\\"} or up{a=\\\\"',
  "x\n} or up{",
  "x\r\n",
  "x\u2028} or up{",
  "x`} or up{a=`",
  "x'} or up{a='",
  "${name}",
  "{{name}}",
  "x\u0000",
  "\ud800",
  '\udfff"} or up{a="',
  "x,y=z",
  "x[5m]",
  'secret"}[5m])) or sum(rate(kubevirt_vmi_cpu_usage_seconds_total{name="secret',
  "x # comment",
];

describe("a name is a text, whatever stands in it", () => {
  test.each(injections)("%j", async (name) => {
    const query = joinExpressions(machineExpressions({ namespace: "team-a", name }, 120));
    const selectors = selectorsOf(readQuery(query));
    expect(selectors.length).toBe(7);
    for (const labels of selectors)
      expect(labels).toEqual({ namespace: "team-a", name: name.toWellFormed() });
    expect(await ask({ namespace: "team-a", name })).toEqual([]);
    const asNamespace = joinExpressions(machineExpressions({ namespace: name, name: "secret" }, 120));
    for (const labels of selectorsOf(readQuery(asNamespace)))
      expect(labels).toEqual({ namespace: name.toWellFormed(), name: "secret" });
  });

  test("unquoted, the first of them would have reached another machine", () => {
    const naive = `sum(kubevirt_vmi_memory_used_bytes{name="${injections[0]}"})`;
    expect(selectorsOf(readQuery(naive)).map(({ name }) => name)).toContain("secret");
    expect(() => readQuery(`up{name="x\n"}`)).toThrow(QueryRefused);
    expect(quoteText('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"');
  });
});

function selectorsOf(query: Query): Record<string, string>[] {
  switch (query.kind) {
    case "select":
      return [query.labels];
    case "call":
      return query.arguments.flatMap(selectorsOf);
    case "join":
      return [...selectorsOf(query.left), ...selectorsOf(query.right)];
    default:
      return [];
  }
}

function matrix(result: unknown): string {
  return JSON.stringify({ status: "success", data: { resultType: "matrix", result } });
}

describe("what is no Prometheus' answer is refused:", () => {
  test.each([
    ["no JSON", "<html>"],
    ["nothing", ""],
    ["null", "null"],
    ["another shape", '{"status":"success"}'],
    ["a vector", '{"status":"success","data":{"resultType":"vector","result":[]}}'],
    ["a scalar", '{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}'],
    ["labels that are numbers", matrix([{ metric: { series: 7 }, values: [] }])],
    ["values that are no texts", matrix([{ metric: {}, values: [[1, 2]] }])],
    ["values of three", matrix([{ metric: {}, values: [[1, "2", "3"]] }])],
    ["a thousand series", matrix(Array.from({ length: 1_000 }, () => ({ metric: {}, values: [] })))],
    ["a refusal dressed as success", '{"status":"error","errorType":"x","error":"no"}'],
    ["five mebibytes", " ".repeat(5 * 2 ** 20)],
  ])("%s", async (_, body) => {
    lab.setFault({ body });
    await expect(ask(mine)).rejects.toMatchObject({ name: "OutsideFetchFailure", kind: "rejected" });
  });

  test("a value that is no number is an absence, and times come in order", async () => {
    lab.setFault({
      body: matrix([
        {
          metric: { series: "cpu" },
          values: [
            [3, "NaN"],
            [2, "1.5"],
            [1, "+Inf"],
            [0, "0.5"],
          ],
        },
      ]),
    });
    expect(await ask(mine)).toEqual([
      {
        labels: { series: "cpu" },
        points: [
          [0, 0.5],
          [2, 1.5],
        ],
      },
    ]);
  });

  test("a refused token, an outage and an untrusted certificate are told apart", async () => {
    await expect(ask(mine, { ...source, token: "wrong" })).rejects.toMatchObject({
      kind: "rejected",
      message: expect.stringContaining(": 401 ") as string,
    });
    lab.setFault({ status: 503, body: "" });
    await expect(ask(mine)).rejects.toMatchObject({ kind: "unavailable", reason: "answer" });
    await expect(ask(mine, { ...source, caCertificate: null })).rejects.toMatchObject({
      reason: "certificate",
    });
    await expect(ask(mine, { ...source, address: "http://127.0.0.1:9" })).rejects.toMatchObject({
      reason: "address",
    });
    await expect(ask(mine, { ...source, address: "https://169.254.169.254" })).rejects.toMatchObject({
      reason: "address",
    });
    await expect(ask(mine, { ...source, address: "https://127.0.0.1:9" })).rejects.toMatchObject({
      kind: "unavailable",
    });
  });

  test("no message carries the token", async () => {
    lab.setFault({ status: 400, body: '{"status":"error","error":"bad \\u0007 query"}' });
    const failure = await ask(mine).catch((error: unknown) => error);
    expect(String(failure)).not.toContain(lab.token);
    expect(String(failure)).not.toContain("\u0007");
  });
});
