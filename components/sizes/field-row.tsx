"use client";

import { ChevronRight, CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Fragment, useId, useRef, type ReactNode, type Ref } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { FieldNode } from "@/lib/catalog/fields/schema";
import { fieldTitle } from "./field-words";
import { firstValue, without } from "./field-values";
import { JsonEditor } from "./json-editor";
import { memberOfPath } from "./member-paths";
import { useSizeEditing } from "./size-editor-context";
import { ValueEditor } from "./value-editor";

/** One field of KubeVirt: what it is, whether the size sets it, and its value. */
export function FieldRow({ field }: { field: FieldNode }) {
  const t = useTranslations("sizes.fields");
  const { draft, change } = useSizeEditing();
  const row = useRef<HTMLDivElement>(null);
  const title = fieldTitle(field);
  const standing = standingOf(draft.overrides, field.path);

  function set() {
    change({ overrides: { ...draft.overrides, [field.path]: firstValue(field) } });
    // Once it is drawn; the button that was pressed is gone by then.
    requestAnimationFrame(() =>
      row.current?.querySelector<HTMLElement>("[data-value] :is(input, select, textarea)")?.focus(),
    );
  }

  function unset() {
    change({ overrides: without(draft.overrides, field.path) });
    requestAnimationFrame(() => row.current?.querySelector<HTMLElement>("[data-set]")?.focus());
  }

  return (
    <RowFrame
      frame={row}
      path={field.path}
      title={title}
      description={field.description}
      isSet={standing.kind === "set"}
      note={t(standing.kind === "member" ? "statedAbove" : "isUnset")}
      action={
        standing.kind === "set" ? (
          <Button size="sm" variant="ghost" onClick={unset} aria-label={t("unsetNamed", { name: title })}>
            {t("unset")}
          </Button>
        ) : standing.kind === "free" ? (
          <Button size="sm" data-set onClick={set} aria-label={t("setNamed", { name: title })}>
            {t("set")}
          </Button>
        ) : undefined
      }
    >
      {standing.kind === "overlapped" && (
        <p className="text-xs break-words text-ink-muted">{t("overlapped", { path: standing.by })}</p>
      )}
      {standing.kind === "set" && (
        <ValueEditor
          field={field}
          value={draft.overrides[field.path] ?? null}
          onChange={(value) => change({ overrides: { ...draft.overrides, [field.path]: value } })}
          label={title}
        />
      )}
    </RowFrame>
  );
}

/** An override that no drawn field speaks of: as JSON, and it can be taken back. */
export function StrayRow({ path }: { path: string }) {
  const t = useTranslations("sizes.fields");
  const { draft, change } = useSizeEditing();
  return (
    <RowFrame
      path={path}
      title={fieldTitle({ path, name: path.split(".").at(-1) ?? path })}
      description=""
      isSet
      action={
        <Button
          size="sm"
          variant="ghost"
          onClick={() => change({ overrides: without(draft.overrides, path) })}
          aria-label={t("unsetNamed", { name: path })}
        >
          {t("unset")}
        </Button>
      }
    >
      <JsonEditor
        value={draft.overrides[path] ?? null}
        onChange={(value) => change({ overrides: { ...draft.overrides, [path]: value } })}
        label={path}
      />
    </RowFrame>
  );
}

type Standing = { kind: "set" | "free" | "member" } | { kind: "overlapped"; by: string };

function standingOf(overrides: Record<string, unknown>, path: string): Standing {
  if (Object.hasOwn(overrides, path)) return { kind: "set" };
  const by = Object.keys(overrides).find((at) => path.startsWith(`${at}.`) || at.startsWith(`${path}.`));
  if (by !== undefined) return { kind: "overlapped", by };
  const member = memberOfPath(path);
  // Interfaces are more than SR-IOV, so they can be set here too.
  return { kind: member === null || member === "sriovNetworks" ? "free" : "member" };
}

type RowFrameProps = {
  frame?: Ref<HTMLDivElement>;
  path: string;
  title: string;
  description: string;
  isSet: boolean;
  /** Said where it is not set. */
  note?: string;
  action: ReactNode;
  children: ReactNode;
};

function RowFrame({ frame, path, title, description, isSet, note, action, children }: RowFrameProps) {
  const t = useTranslations("sizes.fields");
  const { errorOf } = useSizeEditing();
  const id = useId();
  const name = `specOverrides.${path}`;
  const error = errorOf(name);
  return (
    <div
      ref={frame}
      role="group"
      aria-labelledby={`${id}-title`}
      aria-describedby={error ? `${id}-error` : undefined}
      data-field={name}
      tabIndex={-1}
      className="grid min-w-0 gap-2 border-b px-4 py-2.5 last:border-b-0 focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent-ink"
    >
      <div className="flex min-w-0 items-start justify-between gap-3">
        <div className="grid min-w-0 gap-0.5">
          <span className="flex flex-wrap items-center gap-2">
            <span id={`${id}-title`} className="text-sm font-medium">
              {title}
            </span>
            {isSet ? (
              <Badge tone="info">{t("isSet")}</Badge>
            ) : (
              <span className="text-2xs text-ink-faint">{note}</span>
            )}
          </span>
          <Place path={path} description={description} />
        </div>
        {action}
      </div>
      <div data-value className="empty:hidden">
        {children}
      </div>
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1 text-xs text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span className="min-w-0 break-words">{error}</span>
        </p>
      )}
    </div>
  );
}

/** The path; where the schema explains the field, a press on it says how. */
function Place({ path, description }: { path: string; description: string }) {
  const t = useTranslations("sizes.fields");
  const code = <FieldPath path={path} />;
  if (description === "") return code;
  return (
    <details className="group min-w-0 text-xs text-ink-muted">
      <summary className="flex w-fit max-w-full cursor-pointer list-none flex-wrap items-center gap-x-2 rounded-xs">
        {code}
        <span className="inline-flex items-center gap-0.5 text-2xs text-ink-faint group-hover:text-ink">
          {t("about")}
          <ChevronRight aria-hidden className="size-3 transition-transform group-open:rotate-90" />
        </span>
      </summary>
      <p className="mt-1 max-w-prose break-words">{description}</p>
    </details>
  );
}

/** Broken at its dots where it is too long for a line. */
function FieldPath({ path }: { path: string }) {
  return (
    <code className="min-w-0 font-mono text-2xs break-words text-ink-faint">
      {path.split(".").map((name, at) => (
        <Fragment key={at}>
          {at > 0 && "."}
          {at > 0 && <wbr />}
          {name}
        </Fragment>
      ))}
    </code>
  );
}
