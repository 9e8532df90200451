"use client";

import { createContext, useContext } from "react";
import type { SizeDraft } from "./size-draft";

/** What a device or a network is called, and how many clusters have it. */
export interface OfferedName {
  name: string;
  clusterNames: string[];
}

export interface EditorOffer {
  clusters: {
    id: string;
    name: string;
    displayName: string;
    kubevirtVersion: string | null;
    /** Whether it would answer a dry run now. */
    isReachable: boolean;
  }[];
  gpuDevices: OfferedName[];
  sriovNetworks: OfferedName[];
}

interface SizeEditing {
  draft: SizeDraft;
  change: (part: Partial<SizeDraft>) => void;
  /** What is wrong with a member, or with `specOverrides.<path>`, as a sentence. */
  errorOf: (field: string) => string | undefined;
  offer: EditorOffer;
}

export const SizeEditorContext = createContext<SizeEditing | null>(null);

export function useSizeEditing(): SizeEditing {
  const editing = useContext(SizeEditorContext);
  if (editing === null) throw new Error("Only inside the editor of a size.");
  return editing;
}
