import { useTranslations } from "next-intl";
import { useApproverNames } from "@/components/requests/use-approver-names";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import type { AskableRow } from "@/lib/requests/access/schema";
import { HeldRole } from "./held-role";
import { RequestAccessForm } from "./request-access-form";
import { initialRole, roleOffers } from "./role-offers";

type RequestAccessProps = {
  system: AskableRow;
  wishedRole: string | undefined;
  deciders: readonly { displayName: string }[];
};

/** Who decides, what one has, and the form; whoever has everything already is told so instead. */
export function RequestAccess({ system, wishedRole, deciders }: RequestAccessProps) {
  const offers = roleOffers(system);
  const role = initialRole(offers, wishedRole);
  return (
    <div className="grid max-w-2xl gap-5">
      <PresentRole system={system} isComplete={role === undefined} />
      <Deciders deciders={deciders} />
      {role !== undefined && (
        <Card>
          <RequestAccessForm systemId={system.id} offers={offers} initialRole={role} />
        </Card>
      )}
    </div>
  );
}

function PresentRole({ system, isComplete }: { system: AskableRow; isComplete: boolean }) {
  const t = useTranslations("denied");
  const { heldRole, heldUntil } = system;
  if (heldRole === null) return null;
  const open = (
    <LinkButton href={`/systems/${system.id}`} size="sm">
      {t("openSystem")}
    </LinkButton>
  );
  const title = (
    <>
      {t("present.title")} <HeldRole role={heldRole} until={heldUntil} />
    </>
  );
  return (
    <Callout tone={isComplete ? "success" : "warning"} title={title} actions={open}>
      {t(isComplete ? "present.complete" : "present.replaced")}
    </Callout>
  );
}

function Deciders({ deciders }: { deciders: readonly { displayName: string }[] }) {
  const t = useTranslations("denied");
  const namesOf = useApproverNames();
  return (
    <p className="text-sm text-ink-muted">
      {deciders.length === 0 ? t("nobodyDecides") : t("deciders", { names: namesOf(deciders) })}
    </p>
  );
}
