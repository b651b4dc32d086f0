/** A number as pictures set it: three digits at most, and a real minus sign. */
export const signed = (value: number): string => String(Number(value.toPrecision(3))).replace('-', '−');
