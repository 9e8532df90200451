const message = "Words on screen stand in components/messages, in both languages.";
const shownProps =
  "aria-label|aria-description|aria-roledescription|title|alt|label|description|caption|confirmLabel|hint|term";
const word = "/\\p{L}{2}/u";
const sentence = "/\\p{L}{2,} +\\p{L}{2,}/u";

/** What is in quotes inside braces is a name, such as a file's, and holds no sentence; a placeholder shows an example. */
export const wordsOnScreen = [
  `JSXText[value=${word}]`,
  `JSXAttribute[name.name=/^(${shownProps})$/] > Literal[value=${word}]`,
  `JSXAttribute[name.name='placeholder'] > Literal[value=${sentence}]`,
  `JSXElement > JSXExpressionContainer > Literal[value=${sentence}]`,
].map((selector) => ({ selector, message }));
