"use client";

import { useTranslations } from "next-intl";
import { createContext, useContext, useState, type ReactNode } from "react";
import { RevisionChanges } from "@/components/requests/revision-changes";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { RevisionRow } from "@/lib/requests/conversation/schema";

type Look = { version: number; revision: number; isAsked: boolean };
type Seen = { version: number; expectChange: () => void };

const SeenContext = createContext<Seen | null>(null);

type SeenVersionProps = Look & { revisions: readonly RevisionRow[]; children: ReactNode };

/**
 * The page follows what happens, and a decision is about what was looked at: where the request has changed since, it says
 * what, and nothing is decided until that was seen.
 */
export function SeenVersion({ version, revision, isAsked, revisions, children }: SeenVersionProps) {
  const [seen, setSeen] = useState<Look>({ version, revision, isAsked });
  const [isOwn, setIsOwn] = useState(false);
  const hasChanged = version !== seen.version;
  const accept = () => setSeen({ version, revision, isAsked });
  if (isOwn && hasChanged) {
    setIsOwn(false);
    accept();
  }
  return (
    <SeenContext value={{ version: seen.version, expectChange: () => setIsOwn(true) }}>
      {hasChanged && !isOwn && (
        <Changed
          revisions={revisions.filter((each) => each.revision > seen.revision)}
          what={isAsked === seen.isAsked ? "step" : isAsked ? "asked" : "answered"}
          onSeen={accept}
        />
      )}
      {children}
    </SeenContext>
  );
}

type ChangedProps = {
  revisions: readonly RevisionRow[];
  what: "step" | "asked" | "answered";
  onSeen: () => void;
};

function Changed({ revisions, what, onSeen }: ChangedProps) {
  const t = useTranslations("approvals");
  return (
    <Callout
      tone="warning"
      role="alert"
      title={t("changed.title")}
      actions={
        <Button size="sm" onClick={onSeen}>
          {t("changed.seen")}
        </Button>
      }
    >
      {revisions.length === 0 && <p>{t(`changed.${what}`)}</p>}
      {revisions.map((each) => (
        <RevisionChanges key={each.revision} revision={each} />
      ))}
      <p>{t("changed.advice")}</p>
    </Callout>
  );
}

/** The version a decision is about: the one that was looked at, or that of the row it stands in. */
export function SeenVersionInput({ version }: { version: number }) {
  const seen = useContext(SeenContext);
  return <input type="hidden" name="version" value={seen?.version ?? version} />;
}

/** For what changes the request by one's own hand, which is no news to oneself. */
export function useOwnChange(): () => void {
  const seen = useContext(SeenContext);
  return () => seen?.expectChange();
}
