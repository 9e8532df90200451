"use client";

import { useEffect, useState } from "react";
import type { TextProblem } from "@/lib/catalog/templates/schema";

interface CloudInitCheck {
  problems: readonly TextProblem[];
  /** With the lines of a first password, at the length they have at most. */
  bytes: number;
  maximum: number;
}

const typingPauseMs = 200;

/** The same rules as saving, in the browser; the parser comes with the first look at the editor. */
export function useCloudInitCheck(text: string, oneTimePassword: boolean): CloudInitCheck {
  const [check, setCheck] = useState<CloudInitCheck>({ problems: [], bytes: 0, maximum: 2_048 });
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(() => {
      void import("@/lib/catalog/templates/cloud-init/rules").then((rules) => {
        if (isOld) return;
        const longest = { username: "x".repeat(32), hash: "x".repeat(130) };
        const reserved = oneTimePassword ? rules.bytesOf(rules.chpasswdLines(longest)) + 2 : 0;
        setCheck({
          problems: rules.checkCloudInit(text, { oneTimePassword }),
          bytes: rules.bytesOf(text) + reserved,
          maximum: rules.cloudInitBytesMax,
        });
      });
    }, typingPauseMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [text, oneTimePassword]);
  return check;
}
