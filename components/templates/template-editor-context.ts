"use client";

import { createContext, useContext } from "react";
import type { ChoosableImage } from "@/components/uploads/image-choice";
import type { LayerField } from "@/lib/catalog/templates/layers/queries";
import type { FieldKinds } from "./field-texts";
import type { TemplateDraft } from "./template-draft";
import type { TemplateProblem } from "./use-template-problems";

/** What there is to choose from. */
export interface EditorOffer {
  fields: readonly LayerField[];
  images: readonly ChoosableImage[];
  sizes: readonly { id: string; displayName: string }[];
  clusters: readonly { id: string; displayName: string; isReachable: boolean }[];
}

interface TemplateEditing {
  draft: TemplateDraft;
  change: (part: Partial<TemplateDraft>) => void;
  kinds: FieldKinds;
  problems: readonly TemplateProblem[];
  /** What is wrong with a member, as a sentence. */
  errorOf: (member: string) => string | undefined;
  /** What is wrong with one of the fields that requesters set. */
  errorOfField: (key: string) => string | undefined;
  offer: EditorOffer;
}

export const TemplateEditorContext = createContext<TemplateEditing | null>(null);

export function useTemplateEditing(): TemplateEditing {
  const editing = useContext(TemplateEditorContext);
  if (editing === null) throw new Error("Only inside the editor of a template.");
  return editing;
}
