import { z } from "zod";
import { nameLengthMax, namePattern } from "@/lib/core/names";
import { pageOf, pageQuery } from "@/lib/core/paging";

const id = z.string().min(1).max(64);
const objectName = z.string().min(1).max(253);

export const adoptionStatuses = ["PENDING", "ADOPTED", "REJECTED", "GONE"] as const;
export const adoptionStatus = z.enum(adoptionStatuses);
export const adoptionKind = z.enum(["unrecorded", "foreign"]);

export const adoptionFilter = pageQuery.extend({
  status: adoptionStatus.optional(),
  clusterId: z.string().max(64).optional(),
  q: z.string().max(100).optional(),
});
export type AdoptionFilter = z.output<typeof adoptionFilter>;

const size = { cpuCores: z.number(), memoryGi: z.number(), diskGb: z.number() };
const owners = z.array(z.object({ kind: z.string(), name: z.string() }));

/** As a worker found it and wrote it down; absent until it has been read. */
export const machineFacts = z.object({
  ...size,
  hostname: z.string(),
  storageClass: z.string().nullable(),
  printableStatus: z.string().nullable(),
  createdAt: z.string().nullable(),
  managers: z.array(z.string()),
  owners,
  annotations: z.record(z.string(), z.string()),
  spec: z.record(z.string(), z.unknown()),
  forbidden: z.array(z.object({ path: z.string(), reason: z.string() })),
});
export type StoredMachine = z.output<typeof machineFacts>;

export const adoptionRow = z.object({
  id: z.string(),
  status: adoptionStatus,
  kind: adoptionKind,
  clusterId: z.string(),
  clusterName: z.string(),
  environment: z.string(),
  namespace: z.string(),
  resourceName: z.string(),
  systemName: z.string().nullable(),
  serviceName: z.string().nullable(),
  serviceId: z.string().nullable(),
  instance: z.string().nullable(),
  reason: z.string().nullable(),
  vmId: z.string().nullable(),
  discoveredAt: z.date(),
  decidedAt: z.date().nullable(),
  decidedByName: z.string().nullable(),
});
export type AdoptionRow = z.output<typeof adoptionRow>;
export const adoptionPage = pageOf(adoptionRow);

/** What stands in the way of a machine's row, and what to do about it. */
export const obstacle = z.discriminatedUnion("code", [
  z.object({
    code: z.literal("namespace_unregistered"),
    namespace: z.string(),
    environment: z.string(),
    /** Names that cannot stand in the registry are no remedy. */
    registrable: z.boolean(),
  }),
  z.object({
    code: z.literal("environment_differs"),
    namespace: z.string(),
    environment: z.string(),
    wanted: z.string(),
  }),
  z.object({ code: z.literal("name_taken"), name: z.string(), vmId: z.string() }),
]);
export type Obstacle = z.output<typeof obstacle>;

export const adoptionDetail = adoptionRow.extend({
  k8sUid: z.string(),
  ticketId: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  machine: machineFacts.nullable(),
  /** The manifest as YAML; what the guest is told in secret is cut out. */
  yaml: z.string().nullable(),
  obstacle: obstacle.nullable(),
  /** Whether its name is one the portal would have given it. */
  followsNameRule: z.boolean(),
});
export type AdoptionDetail = z.output<typeof adoptionDetail>;

export const adoptVmInput = z.strictObject({ adoptionId: id, serviceId: id });
export const rejectAdoptionInput = z.strictObject({
  adoptionId: id,
  reason: z.string().trim().min(1).max(512),
});
export const reopenAdoptionInput = z.strictObject({ adoptionId: id });
export type AdoptVm = z.output<typeof adoptVmInput>;
export type RejectAdoption = z.output<typeof rejectAdoptionInput>;

export const adoptedVm = z.object({ id: z.string(), name: z.string() });

export const machineFilter = z.strictObject({
  perPage: z.coerce.number().int().min(1).max(100).default(25),
  /** The cluster's own continue token and a place in its page. */
  cursor: z.string().max(4_096).optional(),
  q: z.string().max(100).optional(),
  namespace: z.string().max(63).optional(),
});
export type MachineFilter = z.output<typeof machineFilter>;
export const findMachinesQuestion = machineFilter.extend({ clusterId: id });

const forbidden = z.array(z.object({ path: z.string(), reason: z.string() }));

/** One of the cluster's machines that is not the portal's, as the worker tells it. */
export const foundMachine = z.object({
  uid: z.string(),
  namespace: z.string(),
  name: z.string(),
  printableStatus: z.string().nullable(),
  createdAt: z.string().nullable(),
  ...size,
  managers: z.array(z.string()),
  owners,
  terminating: z.boolean(),
  forbidden,
});
export const foundMachines = z.object({
  items: z.array(foundMachine),
  nextCursor: z.string().nullable(),
  /** The list had moved on under the cursor, so this is its beginning again. */
  restarted: z.boolean(),
  /** The whole cluster was not looked through for this filter; the next page goes on. */
  partial: z.boolean(),
});
export type FoundMachines = z.output<typeof foundMachines>;

export const machineRow = foundMachine.extend({ obstacle: obstacle.nullable() });
export type MachineRow = z.output<typeof machineRow>;
export const machinePage = pageOf(machineRow);
/** A page of the cluster's list, and how far it was looked through. */
export type MachinePage = z.output<typeof machinePage> & Pick<FoundMachines, "restarted" | "partial">;

export const importMachinesMax = 20;

export const previewImportInput = z.strictObject({
  clusterId: id,
  serviceId: id,
  machines: z
    .array(z.strictObject({ namespace: objectName, name: objectName }))
    .min(1)
    .max(importMachinesMax),
});
export type PreviewImport = z.output<typeof previewImportInput>;

const labels = z.record(z.string(), z.string());

export const judgeImportQuestion = z.strictObject({
  clusterId: id,
  machines: z
    .array(z.strictObject({ namespace: objectName, name: objectName, labels }))
    .max(importMachinesMax),
});

const refusalFact = z.union([z.string(), z.boolean(), z.array(z.string())]);
export const importRefusal = z.object({ code: z.string(), params: z.record(z.string(), refusalFact) });
export type ImportRefusal = z.output<typeof importRefusal>;

/** What importing one machine would write, and what the cluster says to it. */
export const judgedImport = z.object({
  namespace: z.string(),
  name: z.string(),
  uid: z.string().nullable(),
  fingerprint: z.string().nullable(),
  /** Labels as they are. */
  before: labels,
  /** The body that would be applied, as YAML. */
  patch: z.string().nullable(),
  /** Volumes that it has already; its Service's members will have the machine that uses them. */
  claims: z.array(z.string()),
  /** not_checked: the cluster could not be asked. */
  result: z.enum(["accepted", "refused", "not_checked"]),
  refusals: z.array(importRefusal),
});
export const judgedImports = z.object({ machines: z.array(judgedImport) });

export const plannedImport = judgedImport.extend({ labels, instance: z.string() });
export type PlannedImport = z.output<typeof plannedImport>;
export const importPreview = z.object({ machines: z.array(plannedImport) });
export type ImportPreview = z.output<typeof importPreview>;

/** As previewed: whatever differs by now is refused rather than written unseen. */
export const importVmsInput = z.strictObject({
  clusterId: id,
  serviceId: id,
  machines: z
    .array(
      z.strictObject({
        namespace: objectName,
        name: objectName,
        uid: z.string().min(1).max(253),
        fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
        instance: z.string().regex(/^\d{2,6}$/),
      }),
    )
    .min(1)
    .max(importMachinesMax),
});
export type ImportVms = z.output<typeof importVmsInput>;
export const startedImports = z.object({
  imports: z.array(z.object({ eventId: z.string(), namespace: z.string(), name: z.string() })),
});

/** Frozen at submission; the worker writes these labels and no others. */
export const importPayload = z.strictObject({
  clusterId: z.string(),
  serviceId: z.string(),
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  fingerprint: z.string(),
  instance: z.string(),
  importedBy: z.string(),
  labels,
});
export type ImportPayload = z.output<typeof importPayload>;

export const importRow = z.object({
  eventId: z.string(),
  status: z.string(),
  namespace: z.string(),
  name: z.string(),
  errorMessage: z.string().nullable(),
  vmId: z.string().nullable(),
  createdAt: z.date(),
});
export type ImportRow = z.output<typeof importRow>;
export const importList = z.object({ imports: z.array(importRow) });

/** Whether the registry could hold a namespace of this name. */
export function isRegistrable(namespace: string): boolean {
  return namespace.length <= nameLengthMax && namePattern.test(namespace);
}
