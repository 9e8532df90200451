import type { CauseParams } from "../schema";
import { asParam, type Cause, type CauseFacts, type Finding } from "../words/rules";

interface Refusal {
  /** How many nodes refuse for this reason. */
  nodes: number;
  words: string;
}

interface Refusals {
  total: number;
  refusals: Refusal[];
}

/** The scheduler's sentence: `0/2 nodes are available: 2 Insufficient cpu, 1 node(s) were unschedulable. preemption: …` */
const sentence = /\b0\/(\d{1,5}) nodes are available:? ?([^]*)/;
const wordsMax = 2_000;

export function readRefusals(message: string): Refusals | null {
  const [, total, rest] = sentence.exec(message.slice(0, wordsMax)) ?? [];
  if (total === undefined || rest === undefined) return null;
  const [told = ""] = rest.split(/\.?\s*preemption:/);
  const refusals = told
    .replace(/\.\s*$/, "")
    .split(/,\s+(?=\d)/)
    .map((part) => /^(\d{1,5}) ([^]+)$/.exec(part.trim()))
    .flatMap((match) => (match === null ? [] : { nodes: Number(match[1]), words: match[2] ?? "" }));
  return { total: Number(total), refusals };
}

type Naming = (match: RegExpExecArray) => CauseParams;

/** A reason for which nodes refuse; what a machine lacks goes before where it may not run. */
function refusedFor(pattern: RegExp, name: Naming = () => ({})): Cause["find"] {
  return (facts) => {
    for (const one of facts.told) {
      const read = readRefusals(one.message);
      for (const { nodes, words } of read?.refusals ?? []) {
        const match = pattern.exec(words);
        if (match === null) continue;
        const params = {
          ...name(match),
          nodes,
          total: read?.total ?? 0,
          cluster: asParam(facts.cluster.name),
        };
        return { params, told: one, since: one.at };
      }
    }
    return null;
  };
}

function findUnbound({ told }: CauseFacts): Finding | null {
  const one = told.find(({ message }) => /unbound immediate PersistentVolumeClaims/.test(message));
  return one === undefined ? null : { told: one, since: one.at };
}

/** Nobody says why in words that are known: the scheduler's own sentence is shown. */
function findUnschedulable({ told, vm, cluster }: CauseFacts): Finding | null {
  const one = told.find(
    ({ reason, message }) => /Unschedulable|FailedScheduling/.test(reason ?? "") || sentence.test(message),
  );
  if (one === undefined && vm.clusterStatus !== "ErrorUnschedulable") return null;
  return { params: { cluster: asParam(cluster.name) }, ...(one && { told: one, since: one.at }) };
}

const resource = String.raw`[a-z0-9](?:[a-z0-9.-]{0,252})\/[A-Za-z0-9._-]{1,63}`;

/** Why no node takes the machine. */
export const placementCauses: readonly Cause[] = [
  { code: "volume_unbound", severity: "warning", remedy: "ask_administrator", find: findUnbound },
  {
    code: "no_virtualization",
    severity: "danger",
    remedy: "ask_administrator",
    find: refusedFor(/^Insufficient devices\.kubevirt\.io\/\S+/),
  },
  {
    code: "no_device_free",
    severity: "warning",
    remedy: "free_or_smaller",
    find: refusedFor(new RegExp(`^Insufficient (${resource})`), ([, device = ""]) => ({ resource: device })),
  },
  {
    code: "no_hugepages_free",
    severity: "warning",
    remedy: "free_or_smaller",
    find: refusedFor(/^Insufficient hugepages-(\w{1,16})/, ([, size = ""]) => ({ size })),
  },
  {
    code: "no_memory_free",
    severity: "warning",
    remedy: "free_or_smaller",
    find: refusedFor(/^Insufficient memory\b/),
  },
  {
    code: "no_cpu_free",
    severity: "warning",
    remedy: "free_or_smaller",
    find: refusedFor(/^Insufficient cpu\b/),
  },
  {
    code: "volume_on_other_node",
    severity: "warning",
    remedy: "ask_administrator",
    find: refusedFor(/volume node affinity conflict|didn't match PersistentVolume's node affinity/),
  },
  {
    code: "too_many_pods",
    severity: "warning",
    remedy: "wait_or_ask",
    find: refusedFor(/^Too many pods/),
  },
  {
    code: "anti_affinity",
    severity: "warning",
    remedy: "wait_or_ask",
    find: refusedFor(/anti-affinity rules|pod affinity rules/),
  },
  {
    code: "node_selector",
    severity: "warning",
    remedy: "ask_template_owner",
    find: refusedFor(/didn't match Pod's node affinity|didn't match node selector/),
  },
  {
    code: "nodes_tainted",
    severity: "warning",
    remedy: "ask_administrator",
    find: refusedFor(/untolerated taints?(?:\(s\))? ?\{?([^:}]{0,253})/, ([, taint = ""]) => ({
      taint: asParam(taint),
    })),
  },
  {
    code: "nodes_cordoned",
    severity: "warning",
    remedy: "wait_or_ask",
    find: refusedFor(/were unschedulable/),
  },
  { code: "unschedulable", severity: "warning", remedy: "ask_administrator", find: findUnschedulable },
];
