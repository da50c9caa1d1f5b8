/** Keys, connecting lines and saving by itself need a script here; every act also works as a plain form. */
export const csr = true;
