import type { ResolvedExport } from "../resolve-export";

/** Lower case letters, digits and single dashes, as charts are called. */
export function chartNameOf({ template, size }: Pick<ResolvedExport, "template" | "size">): string {
  return `${template.name}-${size.name}`.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

export function chartVersionOf({ template }: Pick<ResolvedExport, "template">): string {
  return `0.1.${template.version}`;
}

/** What an export does not bring along, in a sentence each. */
export function listOmissions(found: ResolvedExport): string[] {
  const { template, blueprint, removedHashes } = found;
  const sentences: string[] = [];
  if (template.oneTimePassword) {
    sentences.push(
      `Shepherd gives each machine a one-time password for ${template.loginUser}. It is not in here:\n` +
        "add an SSH key or a password of your own to the cloud-init.",
    );
  }
  if (removedHashes > 0) {
    sentences.push(
      `${removedHashes} password ${removedHashes === 1 ? "hash was" : "hashes were"} left out of the cloud-init; "*" in its place lets nobody sign in by password.`,
    );
  }
  if (found.removedKey) {
    sentences.push(
      "The key in the image's address was left out; add one of your own where the image needs it.",
    );
  }
  if (template.isUploadedImage) {
    sentences.push("The disk is a copy of an uploaded image, which lies in one cluster only.");
  }
  if (blueprint.source.type === "cdi_pvc_clone") {
    sentences.push(
      `The namespace's default service account must be allowed to create datavolumes/source in ${blueprint.source.pvcNamespace}.`,
    );
  }
  return sentences;
}

interface DrawnValue {
  value: string;
  fits: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === "string";
const isAmount = (value: unknown): boolean => typeof value === "string" || typeof value === "number";
const isWhole = (value: unknown): boolean => Number.isInteger(value);

const guest = "spec.template.spec";
const volume = "spec.dataVolumeTemplates[].spec";

/** Places of the manifest that a value fills, unless a size has put something unlike it there. */
export const drawnValues: Record<string, DrawnValue> = {
  "spec.runStrategy": { value: "runStrategy", fits: isText },
  [`${guest}.terminationGracePeriodSeconds`]: { value: "terminationGracePeriodSeconds", fits: isWhole },
  [`${guest}.domain.cpu.cores`]: { value: "cpu.cores", fits: isWhole },
  [`${guest}.domain.resources.requests.cpu`]: { value: "cpu.request", fits: isAmount },
  [`${guest}.domain.resources.limits.cpu`]: { value: "cpu.limit", fits: isAmount },
  [`${guest}.domain.memory.guest`]: { value: "memory.guest", fits: isAmount },
  [`${guest}.domain.resources.requests.memory`]: { value: "memory.request", fits: isAmount },
  [`${guest}.volumes[].cloudInitNoCloud.userData`]: { value: "cloudInit", fits: isText },
  [`${volume}.source.registry.url`]: { value: "image.url", fits: isText },
  [`${volume}.source.http.url`]: { value: "image.url", fits: isText },
  [`${volume}.source.pvc.namespace`]: { value: "image.namespace", fits: isText },
  [`${volume}.source.pvc.name`]: { value: "image.name", fits: isText },
  [`${volume}.storage.resources.requests.storage`]: { value: "disk.size", fits: isAmount },
};

/** Disk and volume of cloud-init are there when there is cloud-init. */
export const optionalItemValue = "cloudInit";

export function isOptionalItem(path: string, item: object): boolean {
  const isList = path === `${guest}.volumes` || path === `${guest}.domain.devices.disks`;
  return isList && Reflect.get(item, "name") === "cloudinit";
}

/** What is there only when its value is; {+2} is two columns further in than the lines themselves. */
export const additions: Record<string, string[]> = {
  metadata: withBlock("labels", "labels"),
  "metadata.annotations": ["{{- with .Values.annotations }}", "{{- toYaml . | nindent {+0} }}", "{{- end }}"],
  "spec.template": [
    "{{- with .Values.labels }}",
    "metadata:",
    "  labels:",
    "    {{- toYaml . | nindent {+4} }}",
    "{{- end }}",
  ],
  "spec.dataVolumeTemplates[].metadata": withBlock("disk.labels", "labels"),
  [`${volume}.storage`]: [
    ...withScalar("disk.storageClassName", "storageClassName"),
    ...withBlock("disk.accessModes", "accessModes"),
    ...withScalar("disk.volumeMode", "volumeMode"),
  ],
  [`${guest}.domain.devices`]: withBlock("gpus", "gpus"),
  [`${guest}.domain.devices.interfaces`]: rangeBlock("sriov: {}"),
  [`${guest}.networks`]: rangeBlock("multus:", "  networkName: {{ .networkName | quote }}"),
};

function withBlock(value: string, key: string): string[] {
  return [`{{- with .Values.${value} }}`, `${key}:`, "  {{- toYaml . | nindent {+2} }}", "{{- end }}"];
}

function withScalar(value: string, key: string): string[] {
  return [`{{- with .Values.${value} }}`, `${key}: {{ . | quote }}`, "{{- end }}"];
}

function rangeBlock(...members: string[]): string[] {
  const lines = members.map((line) => `  ${line}`);
  return ["{{- range .Values.networks }}", "- name: {{ .name | quote }}", ...lines, "{{- end }}"];
}
