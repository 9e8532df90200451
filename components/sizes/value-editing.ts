import type { ReactNode } from "react";
import type { FieldNode } from "@/lib/catalog/fields/schema";
import type { Json } from "./field-values";

export type ValueEditorProps = {
  field: FieldNode;
  value: Json;
  onChange: (value: Json) => void;
  /** What it is called to whoever cannot see where it stands. */
  label: string;
};

/** Handed down, so that lists and objects can hold any field without knowing how all of them are drawn. */
export type HoldingEditorProps = ValueEditorProps & { drawValue: (props: ValueEditorProps) => ReactNode };
