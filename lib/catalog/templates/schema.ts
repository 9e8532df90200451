import { z } from "zod";
import { fieldTypes } from "@/lib/catalog/fields/schema";
import { specOverrides } from "@/lib/catalog/sizes/schema";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { catalogScopes, environmentClasses } from "@/lib/vocabulary/environments";
import { templateMachine } from "./machine";

export const sourceTypes = ["containerdisk", "cdi_image_import", "cdi_pvc_clone"] as const;
export const osFamilies = ["linux", "windows"] as const;
/** From what everybody sees first to what only specialists open. */
export const fieldLayers = ["quick", "advanced", "professional"] as const;
export type FieldLayer = (typeof fieldLayers)[number];

const id = z.string().min(1).max(64);
const templateName = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/);
const kubernetesName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/);
const loginName = z.string().regex(/^$|^[a-z_][a-z0-9_-]{0,31}$/);

/** `disk_gb`, or a path of the virtual machine such as spec.runStrategy. */
const fieldKey = z.string().min(1).max(200);
const layer = z.array(fieldKey).max(60);
const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);
export const fieldConstraint = z.strictObject({
  min: z.number().optional(),
  max: z.number().optional(),
  options: z.array(scalar).min(1).max(100).optional(),
});
export type FieldConstraint = z.output<typeof fieldConstraint>;
/** Values by path, as a size has them too. */
const fieldDefaults = specOverrides;
const fieldConstraints = z.record(fieldKey, fieldConstraint);

const members = {
  displayName: z.string().trim().min(1).max(100),
  description: z.string().max(2000),
  category: z.string().max(60),
  sourceType: z.enum(sourceTypes),
  imageUrl: z.string().max(2000).nullable(),
  pvcNamespace: kubernetesName.max(63).nullable(),
  pvcName: kubernetesName.nullable(),
  /** A clone's source by an uploaded image; its namespace and claim stand in for the two above. */
  imageUploadId: id.nullable(),
  cloudInit: z.string().max(32_000),
  osFamily: z.enum(osFamilies),
  osVersion: z.string().max(60),
  quickFields: layer,
  advancedFields: layer,
  professionalFields: layer,
  fieldDefaults,
  fieldConstraints,
  catalogScope: z.enum(catalogScopes),
  logoId: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  loginUser: loginName,
  oneTimePassword: z.boolean(),
};

/** All that an edit may change. */
export const templateContent = z.object(members);
export type TemplateContent = z.output<typeof templateContent>;

export const createTemplateInput = z.strictObject({
  name: templateName,
  ...members,
  description: members.description.default(""),
  category: members.category.default(""),
  imageUrl: members.imageUrl.default(null),
  pvcNamespace: members.pvcNamespace.default(null),
  pvcName: members.pvcName.default(null),
  imageUploadId: members.imageUploadId.default(null),
  cloudInit: members.cloudInit.default(""),
  osFamily: members.osFamily.default("linux"),
  osVersion: members.osVersion.default(""),
  quickFields: layer.default([]),
  advancedFields: layer.default([]),
  professionalFields: layer.default([]),
  fieldDefaults: fieldDefaults.default({}),
  fieldConstraints: fieldConstraints.default({}),
  catalogScope: members.catalogScope.default("unclassified"),
  logoId: members.logoId.default(null),
  loginUser: loginName.default(""),
  oneTimePassword: z.boolean().default(false),
});
export type CreateTemplate = z.output<typeof createTemplateInput>;

/** Absent members stay as they are; `revision` is the one the editor had read. */
export const templateChanges = z.strictObject({
  revision: z.number().int().min(1),
  ...z.strictObject(members).partial().shape,
});
export const updateTemplateInput = templateChanges.extend({ templateId: id });
export type UpdateTemplate = z.output<typeof updateTemplateInput>;

export const templateIdInput = z.strictObject({ templateId: id });
export type TemplateId = z.output<typeof templateIdInput>;
export const deprecateTemplateInput = z.strictObject({
  templateId: id,
  message: z.string().trim().max(500).default(""),
});
export type DeprecateTemplate = z.output<typeof deprecateTemplateInput>;
export const templateCreated = z.object({ id: z.string() });
export const templateMade = z.object({ id: z.string(), version: z.number() });
export const templateSaved = z.object({ revision: z.number() });

export const templateFilter = pageQuery.extend({
  q: z.string().max(100).optional(),
  status: z.enum(templateMachine.states).optional(),
  scope: z.enum(catalogScopes).optional(),
});
export type TemplateFilter = z.output<typeof templateFilter>;
export const offeredFilter = pageQuery.extend({
  q: z.string().max(100).optional(),
  environmentClass: z.enum(environmentClasses).optional(),
});
export type OfferedFilter = z.output<typeof offeredFilter>;

/** A version in a list of the catalogue. */
export const templateRow = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number(),
  status: z.enum(templateMachine.states),
  displayName: z.string(),
  description: z.string(),
  category: z.string(),
  sourceType: z.enum(sourceTypes),
  osFamily: z.string(),
  osVersion: z.string(),
  catalogScope: z.enum(catalogScopes),
  /** Address of the tile's picture. */
  logoUrl: z.string().nullable(),
  loginUser: z.string(),
  oneTimePassword: z.boolean(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type TemplateRow = z.output<typeof templateRow>;

/** Beside each version, who lives on it. */
export const catalogueRow = templateRow.extend({ vmCount: z.number(), pendingCount: z.number() });
export type CatalogueRow = z.output<typeof catalogueRow>;
export const cataloguePage = pageOf(catalogueRow);

/** A field that whoever asks may set, as the form draws it. */
export const offeredField = z.object({
  key: z.string(),
  layer: z.enum(fieldLayers),
  type: z.enum(fieldTypes),
  /** Every value the field knows; none where it is free. */
  options: z.array(z.string()),
  default: z.json().nullable(),
  constraint: fieldConstraint.nullable(),
});
export type OfferedField = z.output<typeof offeredField>;
export const offeredTemplate = templateRow.extend({ fields: z.array(offeredField) });
export type OfferedTemplate = z.output<typeof offeredTemplate>;
export const offeredPage = pageOf(offeredTemplate);

/** Everything of one version, for its page, its editor and its export. */
export const templateDetail = templateRow.extend({
  imageUrl: z.string().nullable(),
  pvcNamespace: z.string().nullable(),
  pvcName: z.string().nullable(),
  imageUploadId: z.string().nullable(),
  /** Of an uploaded image: its name and the cluster that holds it. */
  imageUpload: z
    .object({ id: z.string(), displayName: z.string(), clusterId: z.string(), status: z.string() })
    .nullable(),
  cloudInit: z.string(),
  quickFields: layer,
  advancedFields: layer,
  professionalFields: layer,
  fieldDefaults,
  fieldConstraints,
  logoId: z.string().nullable(),
  deprecationMessage: z.string().nullable(),
  activatedAt: z.date().nullable(),
  deprecatedAt: z.date().nullable(),
  archivedAt: z.date().nullable(),
  revision: z.number(),
  createdByName: z.string().nullable(),
});
export type TemplateDetail = z.output<typeof templateDetail>;

/** One version in the history of its name. */
export const templateVersion = z.object({
  id: z.string(),
  version: z.number(),
  status: z.enum(templateMachine.states),
  createdAt: z.date(),
  activatedAt: z.date().nullable(),
  deprecatedAt: z.date().nullable(),
  archivedAt: z.date().nullable(),
  createdByName: z.string().nullable(),
  vmCount: z.number(),
  pendingCount: z.number(),
});
export type TemplateVersion = z.output<typeof templateVersion>;

export const diffLine = z.object({
  kind: z.enum(["same", "added", "removed"]),
  text: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
});
export type DiffLine = z.output<typeof diffLine>;
export const templateComparison = z.object({
  before: z.object({ id: z.string(), name: z.string(), version: z.number(), status: z.string() }),
  after: z.object({ id: z.string(), name: z.string(), version: z.number(), status: z.string() }),
  /** Members that differ, in the order of the editor; cloud-init is told by its lines. */
  changes: z.array(z.object({ field: z.string(), before: z.json(), after: z.json() })),
  cloudInit: z.array(diffLine),
});
export type TemplateComparison = z.output<typeof templateComparison>;

export const addLogoInput = z.strictObject({
  /** The picture's bytes in base64: PNG, JPEG or WebP. */
  content: z.base64().min(4).max(90_000),
});
export type AddLogo = z.output<typeof addLogoInput>;
export const logoAdded = z.object({ id: z.string(), url: z.string() });

/** A sentence about the text of an editor, at its place. */
export const textProblem = z.object({
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  line: z.number(),
  column: z.number(),
  endLine: z.number(),
  endColumn: z.number(),
});
export type TextProblem = z.output<typeof textProblem>;
