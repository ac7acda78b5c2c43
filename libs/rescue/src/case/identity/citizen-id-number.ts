/**
 * A citizen number of 18 characters (公民身份号码, GB 11643—1999) with a right check character.
 * @format gb11643
 */
export type CitizenIdNumber = string;
