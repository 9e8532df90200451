"use client";

import { createContext, useContext } from "react";

export const DialogContext = createContext<() => void>(() => undefined);

/** Closes the dialog around the caller. */
export function useCloseDialog() {
  return useContext(DialogContext);
}
