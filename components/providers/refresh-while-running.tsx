"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";

const everyMs = 2_000;

/** Work of this kind sends no news of its own, so the page looks again until it has ended. */
export function RefreshWhileRunning() {
  const router = useRouter();

  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) startTransition(() => router.refresh());
    }, everyMs);
    return () => clearInterval(timer);
  }, [router]);

  return null;
}
