import type {
  CreateTemplate,
  FieldConstraint,
  FieldLayer,
  TemplateDetail,
} from "@/lib/catalog/templates/schema";
import { fieldLayers } from "./template-choices";
import { textOf, typedValue, type FieldKinds } from "./field-texts";

export type TemplateContent = Omit<CreateTemplate, "name">;

/** Where a field stands: in a layer that requesters see, or with a value of the template's own. */
export type FieldPlace = FieldLayer | "fixed";

/** A field as it is typed; empty texts say nothing. */
export interface FieldDraft {
  key: string;
  place: FieldPlace;
  standard: string;
  min: string;
  max: string;
  options: string[];
}

type Typed = Omit<
  TemplateContent,
  | "imageUrl"
  | "pvcNamespace"
  | "pvcName"
  | "quickFields"
  | "advancedFields"
  | "professionalFields"
  | "fieldDefaults"
  | "fieldConstraints"
>;

export interface TemplateDraft extends Typed {
  name: string;
  version: number;
  imageUrl: string;
  pvcNamespace: string;
  pvcName: string;
  /** Whether a clone starts from an uploaded image or from a volume that is there. */
  cloneOf: "upload" | "volume";
  logoUrl: string | null;
  fields: FieldDraft[];
}

export const emptyDraft: TemplateDraft = {
  ...{ name: "", version: 1, displayName: "", description: "", category: "", catalogScope: "unclassified" },
  ...{ sourceType: "containerdisk", imageUrl: "", pvcNamespace: "", pvcName: "", imageUploadId: null },
  ...{ cloneOf: "upload", osFamily: "linux", osVersion: "", loginUser: "", oneTimePassword: false },
  ...{ cloudInit: "", logoId: null, logoUrl: null, fields: [] },
};

export function draftOf(template: TemplateDetail): TemplateDraft {
  const { name, version, displayName, description, category, catalogScope, sourceType } = template;
  const { imageUploadId, osVersion, loginUser, oneTimePassword, cloudInit, logoId, logoUrl } = template;
  return {
    ...{ name, version, displayName, description, category, catalogScope, sourceType, imageUploadId },
    ...{ osVersion, loginUser, oneTimePassword, cloudInit, logoId, logoUrl },
    osFamily: template.osFamily === "windows" ? "windows" : "linux",
    imageUrl: template.imageUrl ?? "",
    pvcNamespace: template.pvcNamespace ?? "",
    pvcName: template.pvcName ?? "",
    cloneOf: template.pvcName !== null && imageUploadId === null ? "volume" : "upload",
    fields: fieldsOf(template),
  };
}

function fieldsOf(template: TemplateDetail): FieldDraft[] {
  const layered = fieldLayers.flatMap((layer) =>
    template[`${layer}Fields`].map((key) => ({ key, place: layer as FieldPlace })),
  );
  const named = new Set(layered.map(({ key }) => key));
  const fixed = Object.keys(template.fieldDefaults).filter((key) => !named.has(key));
  return [...layered, ...fixed.map((key) => ({ key, place: "fixed" as const }))].map((field) => ({
    ...field,
    ...limitsOf(template.fieldConstraints[field.key]),
    standard: textOf(template.fieldDefaults[field.key]),
  }));
}

function limitsOf(constraint: FieldConstraint | undefined): Pick<FieldDraft, "min" | "max" | "options"> {
  return {
    min: textOf(constraint?.min),
    max: textOf(constraint?.max),
    options: (constraint?.options ?? []).map(textOf),
  };
}

/** What is sent: members of the kinds of source that are not chosen are left out. */
export function contentOf(draft: TemplateDraft, kinds: FieldKinds): TemplateContent {
  const { displayName, description, category, catalogScope, sourceType, osFamily, osVersion } = draft;
  const { loginUser, oneTimePassword, cloudInit, logoId } = draft;
  return {
    ...{ displayName, description, category, catalogScope, sourceType, osFamily, osVersion },
    ...{ loginUser, oneTimePassword, cloudInit, logoId },
    ...sourceOf(draft),
    ...layersOf(draft.fields, kinds),
  };
}

function sourceOf({ sourceType, cloneOf, imageUploadId, ...typed }: TemplateDraft) {
  const isClone = sourceType === "cdi_pvc_clone";
  const ofVolume = isClone && cloneOf === "volume";
  return {
    imageUrl: isClone ? null : orNull(typed.imageUrl),
    pvcNamespace: ofVolume ? orNull(typed.pvcNamespace) : null,
    pvcName: ofVolume ? orNull(typed.pvcName) : null,
    imageUploadId: isClone && cloneOf === "upload" ? imageUploadId : null,
  };
}

function layersOf(fields: readonly FieldDraft[], kinds: FieldKinds) {
  const keysIn = (place: FieldPlace) => fields.filter((field) => field.place === place).map(({ key }) => key);
  const standards = fields.filter(({ standard }) => standard !== "");
  const limited = fields.flatMap((field) => {
    const constraint = constraintOf(field, kinds);
    return constraint === null ? [] : [[field.key, constraint] as const];
  });
  return {
    quickFields: keysIn("quick"),
    advancedFields: keysIn("advanced"),
    professionalFields: keysIn("professional"),
    fieldDefaults: Object.fromEntries(
      standards.map(({ key, standard }) => [key, typedValue(kinds.get(key), standard)]),
    ),
    fieldConstraints: Object.fromEntries(limited),
  };
}

export function constraintOf(
  { key, min, max, options }: FieldDraft,
  kinds: FieldKinds,
): FieldConstraint | null {
  const constraint: FieldConstraint = {
    ...(isNumber(min) ? { min: Number(min) } : {}),
    ...(isNumber(max) ? { max: Number(max) } : {}),
    ...(options.length > 0
      ? { options: options.map((text) => scalarOf(typedValue(kinds.get(key), text), text)) }
      : {}),
  };
  return Object.keys(constraint).length === 0 ? null : constraint;
}

function scalarOf(value: unknown, text: string): string | number | boolean {
  return typeof value === "number" || typeof value === "boolean" ? value : text;
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}
