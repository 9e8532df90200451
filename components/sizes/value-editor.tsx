"use client";

import { ListEditor } from "./list-editor";
import { MapEditor } from "./map-editor";
import { ObjectEditor } from "./object-editor";
import { ScalarEditor } from "./scalar-editor";
import type { ValueEditorProps } from "./value-editing";

/** Draws any field of the schema by its type; what it holds is drawn the same way. */
export function ValueEditor(props: ValueEditorProps) {
  switch (props.field.type) {
    case "array":
      return <ListEditor {...props} drawValue={drawValue} />;
    case "map":
      return <MapEditor {...props} drawValue={drawValue} />;
    case "object":
      return <ObjectEditor {...props} drawValue={drawValue} />;
    default:
      return <ScalarEditor {...props} />;
  }
}

function drawValue(props: ValueEditorProps) {
  return <ValueEditor {...props} />;
}
