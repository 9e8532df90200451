"use client";

import { useSyncExternalStore } from "react";
import { activeUpload, onActiveUploads, type ActiveUpload } from "./active-uploads";

/** How this page's own sending of the file stands; null where another page, or nobody, sends it. */
export function useActiveUpload(uploadId: string): ActiveUpload | null {
  return useSyncExternalStore(
    onActiveUploads,
    () => activeUpload(uploadId),
    () => null,
  );
}
