import { asName, isClusters, says, type Cause, type CauseFacts, type Finding } from "../words/rules";

const pulling = /^(?:ErrImagePull|ImagePullBackOff)$/;

/** What runs the machine is an image too, and may not be had. */
function pulls(pattern: RegExp): Cause["find"] {
  return (facts) => {
    if (!isPulling(facts)) return null;
    const told = facts.told.find(({ message }) => pattern.test(message));
    return told === undefined ? null : { params: { image: imageOf(told.message) }, told, since: told.at };
  };
}

function isPulling({ vm, told }: CauseFacts): boolean {
  return (
    pulling.test(vm.clusterStatus ?? "") ||
    told.some(({ message }) =>
      /Failed to pull image|Back-off pulling image|ErrImagePull|ImagePullBackOff/.test(message),
    )
  );
}

function imageOf(message: string): string {
  const [, image = ""] = /image "([^"]{1,512})"/.exec(message) ?? [];
  return asName(image);
}

function findPulling(facts: CauseFacts): Finding | null {
  if (!isPulling(facts)) return null;
  const told = facts.told.find(({ message }) => /pull/i.test(message));
  return { params: { image: imageOf(told?.message ?? "") }, ...(told && { told, since: told.at }) };
}

function findCrashLoop({ vm, symptoms, told }: CauseFacts): Finding | null {
  const failure = symptoms?.startFailure;
  if (vm.clusterStatus !== "CrashLoopBackOff") return null;
  const [one] = told;
  return {
    params: {
      failures: failure?.failures ?? 0,
      ...(failure?.retryAt === undefined ? { hasTime: "no" } : { hasTime: "yes", retryAt: failure.retryAt }),
    },
    ...(one && { told: one, since: one.at }),
  };
}

const exceeded =
  /exceeded quota: ([^,\s]{1,253}), requested: ([^\s]{1,253}), used: ([^\s]{1,253}), limited: ([^\s]{1,253})/;

/** Why nothing can be made to run the machine in. */
export const launchCauses: readonly Cause[] = [
  {
    code: "device_not_permitted",
    severity: "danger",
    remedy: "ask_administrator",
    find: says(
      /(?:GPU|HostDevice) (\S{1,317}) is not permitted in permittedHostDevices/,
      ([, device = ""]) => ({
        resource: device,
      }),
    ),
  },
  {
    code: "network_missing",
    severity: "danger",
    remedy: "ask_template_owner",
    find: says(
      /failed to locate network attachment definition (\S{1,317})|network-attachment-definitions\S* "([^"]{1,253})" not found/,
      ([, one, other = ""]) => ({ network: one ?? other }),
    ),
  },
  {
    code: "cluster_quota",
    severity: "danger",
    remedy: "ask_quota",
    find: says(exceeded, ([, quota = "", requested = "", used = "", limited = ""]) => ({
      quota,
      requested: trimmed(requested),
      used: trimmed(used),
      limited: trimmed(limited),
    })),
  },
  {
    code: "limit_range",
    severity: "danger",
    remedy: "ask_administrator",
    find: says(
      /(minimum|maximum) (cpu|memory|storage) usage per (?:Container|Pod|PersistentVolumeClaim) is (\S{1,64}?)[,.]/,
      ([, bound = "", what = "", limit = ""]) => ({ bound, what, limit }),
    ),
  },
  {
    code: "pod_security",
    severity: "danger",
    remedy: "ask_administrator",
    find: says(/violates PodSecurity "([^"]{1,128})"/, ([, level = ""]) => ({ level })),
  },
  {
    code: "reference_missing",
    severity: "danger",
    remedy: "ask_administrator",
    find: says(
      /\b(secret|configmap|serviceaccount)s? "([^"]{1,253})" not found/i,
      ([, kind = "", name = ""]) => ({ kind: kind.toLowerCase(), name }),
    ),
  },
  {
    code: "admission_denied",
    severity: "danger",
    remedy: "change_request",
    find: says(
      /admission webhook "([^"]{1,253})" denied the request:? ?([^]*)/,
      ([, webhook = "", words = ""]) => ({ webhook, words }),
    ),
  },
  {
    code: "webhook_unreachable",
    severity: "warning",
    remedy: "check_cluster",
    // KubeVirt's own do not answer when KubeVirt does not, which is said by its own name.
    find: says(
      /failed calling webhook "(?![^"]{0,253}\.kubevirt\.io")([^"]{1,253})"/,
      ([, webhook = ""]) => ({
        webhook,
      }),
    ),
  },
  {
    code: "image_unauthorized",
    severity: "danger",
    remedy: "ask_administrator",
    find: pulls(/unauthorized|authentication required|\b40[13]\b|access .{0,40}denied|forbidden/i),
  },
  {
    code: "image_not_found",
    severity: "danger",
    remedy: "ask_template_owner",
    find: pulls(/manifest unknown|not found|\b404\b|does not exist/i),
  },
  { code: "image_pull_failed", severity: "warning", remedy: "wait_or_ask", find: findPulling },
  { code: "crash_loop", severity: "danger", remedy: "look_at_console", find: findCrashLoop },
];

/** Told only when nothing more telling was said. */
export const launchFailed: Cause = {
  code: "launch_failed",
  severity: "danger",
  remedy: "ask_administrator",
  find: (facts) => (facts.vm.status === "RUNNING" ? null : findWords(facts)),
};

const findWords = says(
  /([^]+)/,
  ([, words = ""]) => ({ words }),
  (told) => isClusters(told) && isFailedCreate(told.reason),
);

function isFailedCreate(reason: string | null): boolean {
  return /^(?:Failure|Synchronized|PodScheduled)\/|^FailedCreate$/.test(reason ?? "");
}

/** The resource's amounts without the comma that ends them. */
function trimmed(text: string): string {
  return text.replace(/,$/, "");
}
