import type { Told } from "../schema";
import { asName, isVolume, says, type Cause, type CauseFacts, type Finding } from "../words/rules";

const named = (_match: RegExpExecArray, { name }: Told) => ({ volume: name ?? "" });

/** Filling fails in the importer's words, told by the volume itself. */
function fills(pattern: RegExp): Cause["find"] {
  return says(pattern, named, isVolume);
}

function findFailedImport(facts: CauseFacts): Finding | null {
  const told = facts.told.find(
    (one) => isVolume(one) && /err|fail|back-?off/i.test(one.reason ?? "") && one.message !== "",
  );
  if (told === undefined && facts.vm.clusterStatus !== "DataVolumeError") return null;
  const [volume = ""] = Object.keys(facts.symptoms?.volumes ?? {});
  return { params: { volume: asName(told?.name ?? volume) }, ...(told && { told, since: told.at }) };
}

/** Late binding waits for the machine, which is nothing to worry about while it is on its way. */
function findWaiting({ vm, symptoms }: CauseFacts): Finding | null {
  const waits = Object.values(symptoms?.volumes ?? {}).some(({ phase }) => phase === "WaitForFirstConsumer");
  return vm.clusterStatus === "WaitingForVolumeBinding" || waits ? {} : null;
}

function findImporting({ vm }: CauseFacts): Finding | null {
  if (vm.importProgress === null) return null;
  const percent = Number.parseFloat(vm.importProgress);
  return Number.isFinite(percent) ? { params: { percent: Math.round(percent) } } : null;
}

function findMissingClaim({ vm, told }: CauseFacts): Finding | null {
  for (const one of told) {
    const match = missingClaim.exec(one.message);
    if (match !== null) return { params: { claim: asName(match[1] ?? match[2]) }, told: one, since: one.at };
  }
  return vm.clusterStatus === "ErrorPvcNotFound" ? { params: { claim: asName(null) } } : null;
}

const missingClaim =
  /(?:PVC|persistentvolumeclaim) "?([\w./-]{1,317})"? (?:does not exist|not found)|didn't find PVC ([\w./-]+)/i;

/** Why a disk is not there, or not filled. */
export const storageCauses: readonly Cause[] = [
  { code: "claim_missing", severity: "danger", remedy: "create_claim", find: findMissingClaim },
  {
    code: "clone_forbidden",
    severity: "danger",
    remedy: "ask_administrator",
    find: says(/insufficient permissions in clone source namespace (\S{1,253})/, ([, namespace = ""]) => ({
      namespace,
    })),
  },
  {
    code: "clone_source_missing",
    severity: "danger",
    remedy: "ask_template_owner",
    find: says(
      /source (?:pvc|snapshot|persistentvolumeclaim) (\S{1,317}) doesn't exist/i,
      ([, source = ""]) => ({
        source,
      }),
    ),
  },
  {
    code: "storage_class_missing",
    severity: "danger",
    remedy: "choose_storage",
    find: says(/storageclass(?:es)?(?:\.storage\.k8s\.io)? "([^"]{1,253})" not found/i, ([, name = ""]) => ({
      name,
    })),
  },
  {
    code: "storage_class_unset",
    severity: "danger",
    remedy: "choose_storage",
    find: says(/no storage class is set|no (?:accessMode|default storage ?class)/i),
  },
  {
    code: "import_no_space",
    severity: "danger",
    remedy: "bigger_disk",
    find: fills(/no space left|is larger than|size .{0,80} is larger|not enough space|insufficient space/i),
  },
  {
    code: "import_tls",
    severity: "danger",
    remedy: "ask_template_owner",
    find: fills(/x509|certificate|tls: |TLS handshake/i),
  },
  {
    code: "import_unauthorized",
    severity: "danger",
    remedy: "ask_template_owner",
    find: fills(/\b40[13]\b|unauthorized|forbidden|access denied|authentication required/i),
  },
  {
    code: "import_not_found",
    severity: "danger",
    remedy: "ask_template_owner",
    find: fills(/\b404\b|manifest unknown|not found|no such (?:file|key|object)/i),
  },
  {
    code: "import_timeout",
    severity: "warning",
    remedy: "wait_or_ask",
    find: fills(/deadline exceeded|timed? ?out/i),
  },
  {
    code: "import_unreachable",
    severity: "warning",
    remedy: "ask_template_owner",
    find: fills(/no such host|connection refused|connection reset|no route to host|dial tcp|unexpected EOF/i),
  },
  {
    code: "import_format",
    severity: "danger",
    remedy: "ask_template_owner",
    find: fills(/qemu-img|invalid (?:format|json)|unsupported (?:format|image)|not a valid|unknown format/i),
  },
  {
    code: "provisioning_failed",
    severity: "danger",
    remedy: "ask_administrator",
    find: ({ told }) => {
      const one = told.find(({ reason }) => reason === "ProvisioningFailed" || reason === "ErrClaimNotValid");
      return one === undefined ? null : { params: { volume: asName(one.name) }, told: one, since: one.at };
    },
  },
  { code: "import_failed", severity: "danger", remedy: "ask_template_owner", find: findFailedImport },
  {
    code: "volume_missing",
    severity: "danger",
    remedy: "ask_administrator",
    find: says(
      /(?:data ?volume|DV) "?([\w./-]{1,317})"? (?:does not exist|not found)/i,
      ([, volume = ""]) => ({
        volume,
      }),
    ),
  },
  {
    code: "volume_mount_failed",
    severity: "warning",
    remedy: "ask_administrator",
    find: ({ told }) => {
      const one = told.find(({ reason }) => /^Failed(?:Mount|AttachVolume|MapVolume)$/.test(reason ?? ""));
      if (one === undefined) return null;
      const [, volume = ""] = /volume "([^"]{1,253})"/.exec(one.message) ?? [];
      return { params: { volume: asName(volume) }, told: one, since: one.at };
    },
  },
];

/** Told after everything that stands in the way. */
export const fillingCauses: readonly Cause[] = [
  { code: "importing", severity: "progress", remedy: "wait", find: findImporting },
  { code: "volume_waits", severity: "progress", remedy: "wait", find: findWaiting },
];
