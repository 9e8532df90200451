/**
 * Words people build passwords of when they are in a hurry, from the lists that attackers try first. A password that is
 * little more than these words is refused, however often it repeats them.
 */
export const commonPasswordWords = (
  "password passwort passw0rd p@ssword p@ssw0rd pass word passwd pwd secret geheim hidden private login logon signin " +
  "welcome willkommen bienvenue hello hallo hola bonjour letmein letme open sesame opensesame access enter entry admin " +
  "administrator root superuser sysadmin user username guest default change changeme changeit temp temporary test testing " +
  "tester demo example sample trial master server system desktop laptop computer internet network cloud cluster kubernetes " +
  "kubevirt docker linux windows ubuntu debian redhat oracle database postgres mysql company office business team " +
  "manager service support helpdesk security monkey dragon eagle tiger lion panther wolf bear shark falcon phoenix " +
  "unicorn butterfly flower rose sunflower sunshine sunset rainbow summer winter spring autumn january february march " +
  "april june july august september october november december monday tuesday wednesday thursday friday saturday sunday " +
  "football baseball basketball soccer hockey tennis golf hunter ranger killer shadow ninja samurai warrior soldier " +
  "batman superman spiderman ironman starwars pokemon pikachu naruto matrix trustno1 iloveyou loveyou love lovely lover " +
  "forever always never together princess prince queen king angel devil heaven hell jesus christ mother father family " +
  "brother sister baby honey sweet sweetie sugar cookie chocolate cheese banana orange apple cherry lemon pepper coffee " +
  "freedom liberty america england london paris berlin beijing shanghai china germany france canada australia texas " +
  "michael jennifer jessica jordan thomas andrew daniel charlie george robert ashley nicole matthew joshua amanda " +
  "michelle anthony richard william david james john peter maria anna harley ferrari mercedes porsche yamaha corvette " +
  "mustang chelsea liverpool arsenal barcelona madrid juventus yankees cowboys steelers lakers money dollar million " +
  "lucky secure computer1 google facebook twitter instagram amazon microsoft samsung nokia iphone android whatever " +
  "nothing something anything please thanks thankyou correct horse battery staple correcthorsebatterystaple blink182 " +
  "qwerty qwertyuiop qwertz azerty asdf asdfgh asdfghjkl zxcvbn zxcvbnm yxcvbnm qazwsx qazwsxedc wsxedc edcrfv qweasd " +
  "qweasdzxc zaq12wsx zaq1zaq1 1qaz2wsx 1q2w3e 1q2w3e4r 1q2w3e4r5t q1w2e3 q1w2e3r4 qwer1234 asdf1234 abcdef abcabc abc123 " +
  "123456 1234567 12345678 123456789 1234567890 123123 111111 000000 121212 112233 123321 654321 666666 696969 777777 " +
  "888888 999999 147258 159753 789456 987654 1990 1991 1992 1993 1994 1995 1996 1997 1998 1999 2000 2001 2002 2010 2015 " +
  "2018 2019 2020 2021 2022 2023 2024 2025 2026 2027 woaini woaini1314 5201314 1314520 520520 nihao mima mimamima zhongguo " +
  "woaizhongguo aini beijing2008 wang zhang meiyou"
)
  .split(" ")
  .sort((one, other) => other.length - one.length);
