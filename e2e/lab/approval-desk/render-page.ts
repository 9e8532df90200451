import type { Board, Item } from "./board";

/** The desks as their people see them. */
export function renderPage(board: Board): string {
  const rows = board.items.map(rowOf).join("");
  return `<!doctype html><meta charset="utf-8"><title>Approval desks of the lab</title>
<style>body{font:15px system-ui;margin:2rem;max-width:60rem}table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #ccc;padding:.5rem;text-align:left;vertical-align:top}form{display:inline}</style>
<h1>Approval desks of the lab</h1>
<table><thead><tr><th>Desk</th><th>Request</th><th>State</th><th></th></tr></thead><tbody>${rows}</tbody></table>
<h2>Behaviour</h2>${(["webhook", "servicenow", "jira"] as const).map((kind) => faultsOf(board, kind)).join("")}`;
}

function rowOf(item: Item): string {
  const { key, kind, title, description, state, ticketId } = item;
  const buttons = state === "pending" ? `${decideForm(ticketId, true)} ${decideForm(ticketId, false)}` : "";
  return `<tr><td>${kind}</td><td><strong>${escape(key)}</strong> ${escape(title)}<br><small>${escape(description)}</small></td>
<td>${state}</td><td>${buttons}</td></tr>`;
}

function decideForm(ticketId: string, approved: boolean): string {
  return `<form method="post" action="/items/${encodeURIComponent(ticketId)}/decide">
<input type="hidden" name="approved" value="${approved}"><button>${approved ? "Approve" : "Reject"}</button></form>`;
}

function faultsOf(board: Board, kind: "webhook" | "servicenow" | "jira"): string {
  const { down } = board.faults(kind);
  return `<form method="post" action="/desks/${kind}/faults"><input type="hidden" name="down" value="${!down}">
<button>${kind}: ${down ? "come back" : "go down"}</button></form> `;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
