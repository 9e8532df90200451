"use client";

import { createContext, useContext } from "react";
import type { ActionFailure } from "./action-result";

export type FormState = {
  pending: boolean;
  /** The translated error of the input with this name. */
  fieldError: (name: string) => string | undefined;
  /** The translated error of the form as a whole; absent while each error belongs to an input. */
  formError: string | undefined;
  failure: ActionFailure | undefined;
};

export const FormStateContext = createContext<FormState | null>(null);

export function useFormState() {
  return useContext(FormStateContext);
}
