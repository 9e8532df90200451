export interface ChatMessage {
  title: string;
  text: string;
  link: string;
  /** What the link says. */
  linkText: string;
}

/** Slack's incoming webhook: plain text blocks, so that nobody's name becomes a mention or a link. */
export function slackBody({ title, text, link, linkText }: ChatMessage): object {
  const plain = (words: string, lengthMax: number) => ({
    type: "plain_text",
    text: escapeForSlack(words.slice(0, lengthMax)),
    emoji: false,
  });
  return {
    text: escapeForSlack(title),
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "header", text: plain(title, 140) },
      { type: "section", text: plain(text, 2_500) },
      { type: "actions", elements: [{ type: "button", text: plain(linkText, 70), url: link }] },
    ],
  };
}

/** A Teams workflow's webhook: an Adaptive Card whose text runs know no markdown. */
export function teamsBody({ title, text, link, linkText }: ChatMessage): object {
  const run = (words: string, style: object) => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text: words, ...style }],
  });
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            run(title, { weight: "Bolder", size: "Medium" }),
            ...text
              .split("\n")
              .filter((line) => line.trim() !== "")
              .map((line) => run(line, {})),
          ],
          actions: [{ type: "Action.OpenUrl", title: linkText, url: link }],
        },
      },
    ],
  };
}

// Slack reads these three as its own marks even in plain text.
function escapeForSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
