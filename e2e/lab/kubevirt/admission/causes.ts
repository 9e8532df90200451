import type { Cause } from "../failures";

/** Where a machine's template keeps what its instance will have. */
export const base = "spec.template.spec";

export function invalidField(field: string, message: string): Cause {
  return { reason: "FieldValueInvalid", message, field };
}

export function requiredField(field: string, message: string): Cause {
  return { reason: "FieldValueRequired", message, field };
}

export function unsupportedField(field: string, message: string): Cause {
  return { reason: "FieldValueNotSupported", message, field };
}

export function duplicateField(field: string, message: string): Cause {
  return { reason: "FieldValueDuplicate", message, field };
}
