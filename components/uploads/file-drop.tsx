"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type DragEvent } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { useByteWords } from "./use-byte-words";

type FileDropProps = {
  file: File | null;
  onFile: (file: File) => void;
  error?: string | undefined;
};

/** A file is dropped here or chosen; it is not read into the page. */
export function FileDrop({ file, onFile, error }: FileDropProps) {
  const t = useTranslations("uploads");
  const { size } = useByteWords();
  const [isOver, setIsOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  function drop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    const dropped = event.dataTransfer.files.item(0);
    if (dropped !== null) onFile(dropped);
  }

  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={cn(
        "grid min-w-0 justify-items-center gap-2 rounded-lg border border-dashed p-5 text-center text-sm",
        isOver ? "border-accent-ink bg-accent-soft" : error ? "border-danger-line" : "bg-sunken",
      )}
    >
      <Icon name="disk" className="size-6 text-ink-faint" />
      {file === null ? (
        <p className="text-ink-muted">{t("new.dropHere")}</p>
      ) : (
        <p className="max-w-full min-w-0">
          <span className="font-medium break-all">{file.name}</span>{" "}
          <span className="text-ink-muted tabular-nums">{size(file.size)}</span>
        </p>
      )}
      <Button onClick={() => input.current?.click()}>
        {t(file === null ? "new.choose" : "new.chooseOther")}
      </Button>
      <input
        ref={input}
        type="file"
        aria-label={t("new.file")}
        accept=".iso,.img,.raw,.qcow2,.qcow"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const chosen = event.target.files?.item(0);
          if (chosen) onFile(chosen);
          // The same file can be chosen again.
          event.target.value = "";
        }}
      />
      {error && (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
