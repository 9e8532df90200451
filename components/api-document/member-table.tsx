import { useTranslations } from "next-intl";
import type { Member } from "./list-members";

type MemberTableProps = { title: string; members: readonly Member[]; empty?: string | undefined };

export function MemberTable({ title, members, empty }: MemberTableProps) {
  const t = useTranslations("identity");
  if (members.length === 0 && empty === undefined) return null;
  return (
    <section className="min-w-0">
      <h4 className="text-xs font-medium text-ink-muted">{title}</h4>
      {members.length === 0 ? (
        <p className="mt-1 text-sm text-ink-faint">{empty}</p>
      ) : (
        <div className="mt-1 overflow-x-auto">
          <table className="w-full text-left text-xs">
            <tbody>
              {members.map((member) => (
                <tr key={member.name} className="border-t align-baseline first:border-t-0">
                  <th scope="row" className="py-1 pr-4 font-mono font-normal whitespace-nowrap">
                    {member.name}
                  </th>
                  <td className="py-1 pr-4 font-mono break-words text-ink-muted">{member.type}</td>
                  <td className="py-1 pr-4 whitespace-nowrap text-ink-faint">
                    {member.isRequired ? t("apiDocument.required") : t("apiDocument.optional")}
                  </td>
                  <td className="py-1 font-mono break-all text-ink-faint">{member.limits}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
