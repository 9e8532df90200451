import { measure, measuredMetrics, type Measured } from "../kubevirt/metrics/measures";
import { QueryRefused, type Query } from "./read-query";

export interface Sample {
  labels: Record<string, string>;
  value: number;
}

interface Moment {
  machines: readonly Measured[];
  at: Date;
}

/** What an expression comes to at one moment. */
export function answerQuery(query: Query, moment: Moment): Sample[] {
  switch (query.kind) {
    case "number":
      return [{ labels: {}, value: query.value }];
    case "text":
      throw new QueryRefused("a text is no vector");
    case "select":
      if (query.windowSeconds !== null) throw new QueryRefused("a range vector is no vector");
      return select(query, moment, (metric, machine) => measure(metric, machine, moment.at));
    case "call":
      return call(query, moment);
    case "join":
      return join(query, moment);
  }
}

type Selector = Extract<Query, { kind: "select" }>;

function select(
  { metric, labels }: Selector,
  { machines }: Moment,
  valueOf: (metric: string, machine: Measured) => number | null,
): Sample[] {
  if (!measuredMetrics.includes(metric)) return [];
  return machines.flatMap((machine) => {
    const own = labelsOf(metric, machine);
    const isMeant = Object.entries(labels).every(([name, value]) => (own[name] ?? "") === value);
    const value = isMeant ? valueOf(metric, machine) : null;
    return value === null ? [] : [{ labels: own, value }];
  });
}

function labelsOf(metric: string, { namespace, name }: Measured): Record<string, string> {
  const device = metric.includes("_storage_")
    ? { drive: "vda" }
    : metric.includes("_network_")
      ? { interface: "default" }
      : {};
  return { __name__: metric, namespace, name, node: "node-1", ...device };
}

function call({ name, arguments: given }: Extract<Query, { kind: "call" }>, moment: Moment): Sample[] {
  const [first] = given;
  if (first === undefined) throw new QueryRefused(`${name} needs an argument`);
  switch (name) {
    case "rate":
      return rate(first, moment);
    case "sum":
      return reduce(first, moment, (values) => values.reduce((total, value) => total + value, 0));
    case "max":
      return reduce(first, moment, (values) => Math.max(...values));
    case "count":
      return reduce(first, moment, (values) => values.length);
    case "label_replace":
      return replaceLabel(first, given.slice(1), moment);
    default:
      throw new QueryRefused(`unknown function with name "${name}"`);
  }
}

/** By the second between two measurements; a machine that has just begun has none yet. */
function rate(selector: Query, moment: Moment): Sample[] {
  if (selector.kind !== "select" || selector.windowSeconds === null)
    throw new QueryRefused("expected type range vector in call to function rate");
  const { windowSeconds } = selector;
  return select(selector, moment, (metric, machine) => {
    const from = new Date(Math.max(moment.at.getTime() - windowSeconds * 1000, machine.startedAt.getTime()));
    const seconds = (moment.at.getTime() - from.getTime()) / 1000;
    const now = measure(metric, machine, moment.at);
    const before = measure(metric, machine, from);
    return now === null || before === null || seconds < 15 ? null : (now - before) / seconds;
  }).map(withoutName);
}

function reduce(inner: Query, moment: Moment, take: (values: number[]) => number): Sample[] {
  const samples = answerQuery(inner, moment);
  return samples.length === 0 ? [] : [{ labels: {}, value: take(samples.map(({ value }) => value)) }];
}

function replaceLabel(inner: Query, words: Query[], moment: Moment): Sample[] {
  const [label, replacement, source, pattern] = words.map((word) =>
    word.kind === "text" ? word.value : null,
  );
  if (words.length !== 4 || !label || replacement == null || source !== "" || pattern !== "")
    throw new QueryRefused("the lab replaces labels by a word alone");
  return answerQuery(inner, moment).map(({ labels, value }) => ({
    labels: { ...labels, [label]: replacement },
    value,
  }));
}

function join({ operator, left, right }: Extract<Query, { kind: "join" }>, moment: Moment): Sample[] {
  const [ours, theirs] = [answerQuery(left, moment), answerQuery(right, moment)];
  if (operator === "or") {
    const known = new Set(ours.map(signatureOf));
    return [...ours, ...theirs.filter((sample) => !known.has(signatureOf(sample)))];
  }
  const compute = {
    "+": (a: number, b: number) => a + b,
    "-": (a: number, b: number) => a - b,
    "*": (a: number, b: number) => a * b,
    "/": (a: number, b: number) => a / b,
  }[operator];
  return ours.flatMap((sample) => {
    const other = theirs.find((one) => signatureOf(one) === signatureOf(sample));
    return other === undefined ? [] : [withoutName({ ...sample, value: compute(sample.value, other.value) })];
  });
}

function withoutName({ labels, value }: Sample): Sample {
  const { __name__: _, ...rest } = labels;
  return { labels: rest, value };
}

/** Vectors are matched by every label but the metric's name. */
function signatureOf(sample: Sample): string {
  return JSON.stringify(Object.entries(withoutName(sample).labels).sort());
}
