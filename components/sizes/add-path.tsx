"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { useSizeEditing } from "./size-editor-context";

/** A field that no tier shows, by its path; what may not be set is told by the live check. */
export function AddPath({ onAdded }: { onAdded: (path: string) => void }) {
  const t = useTranslations("sizes.fields");
  const { draft, change } = useSizeEditing();
  const [path, setPath] = useState("");
  const id = useId();
  const wanted = path.trim();
  const isReady = /^spec\.[A-Za-z]/.test(wanted) && !Object.hasOwn(draft.overrides, wanted);

  function add() {
    if (!isReady) return;
    change({ overrides: { ...draft.overrides, [wanted]: {} } });
    setPath("");
    onAdded(wanted);
  }

  return (
    <div className="grid gap-1.5">
      <Label htmlFor={id} className="text-xs text-ink-muted">
        {t("addPath")}
      </Label>
      <span className="flex max-w-xl gap-2">
        <Input
          id={id}
          mono
          autoComplete="off"
          spellCheck={false}
          placeholder="spec.template.spec.networks"
          maxLength={300}
          value={path}
          onChange={(event) => setPath(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            // Enter would send the whole size.
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add} aria-disabled={!isReady || undefined}>
          <Plus aria-hidden />
          {t("addPathShort")}
        </Button>
      </span>
    </div>
  );
}
