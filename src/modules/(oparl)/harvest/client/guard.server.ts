import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { UserError } from '#kernel/errors.ts';

/** Never asked, whoever allows it: what answers there hands out keys of the machine. */
const NEVER = new BlockList();
NEVER.addSubnet('169.254.0.0', 16);
NEVER.addSubnet('fe80::', 10, 'ipv6');
NEVER.addSubnet('0.0.0.0', 8);
NEVER.addAddress('::', 'ipv6');
NEVER.addSubnet('224.0.0.0', 3);
NEVER.addSubnet('ff00::', 8, 'ipv6');

/** This machine and networks of a house. */
const NEAR = new BlockList();
NEAR.addSubnet('127.0.0.0', 8);
NEAR.addAddress('::1', 'ipv6');
NEAR.addSubnet('10.0.0.0', 8);
NEAR.addSubnet('172.16.0.0', 12);
NEAR.addSubnet('192.168.0.0', 16);
NEAR.addSubnet('100.64.0.0', 10);
NEAR.addSubnet('192.0.0.0', 24);
NEAR.addSubnet('198.18.0.0', 15);
NEAR.addSubnet('fc00::', 7, 'ipv6');

/** IPv4 inside of IPv6 is the IPv4 address. */
function bare(address: string): string {
	return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** May a program of the town ask this address of a machine? @param near this machine and networks of the house are allowed */
export function isAllowed(given: string, near: boolean): boolean {
	const address = bare(given);
	const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
	if (/^(::ffff:|64:ff9b:|2002:)/i.test(address)) return false;
	return !NEVER.check(address, family) && (near || !NEAR.check(address, family));
}

/** Not to be asked: it lies on this machine or in a network of the house, or nowhere. */
export class ForbiddenAddress extends UserError {
	override name = 'ForbiddenAddress';
}

/**
 * Checks an address before it is asked: http or https, no credentials in it; a number of a machine must be allowed.
 * Names are looked at when they are resolved (`guardedLookup`), so that no answer changes between looking and asking.
 * @throws ForbiddenAddress
 */
export function checkAddress(address: string, near: boolean): URL {
	const url = URL.canParse(address) ? new URL(address) : null;
	if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
		throw new ForbiddenAddress(`Diese Adresse lässt sich nicht abfragen: ${address.slice(0, 200)}`);
	const host = url.hostname.replace(/^\[|\]$/g, '');
	if (isIP(host) && !isAllowed(host, near)) throw new ForbiddenAddress(refusal(host));
	return url;
}

function refusal(host: string): string {
	return `${host} liegt auf diesem Rechner oder im eigenen Netz; mit --allow-local wird es trotzdem gefragt.`;
}

/** Resolves names for a connection and refuses those that lead where nobody may ask. */
export function guardedLookup(near: boolean): LookupFunction {
	return (hostname, options, callback) => {
		resolve(hostname, { ...options, all: true }, (error, addresses) => {
			if (error) return callback(error, '', 4);
			const allowed = addresses.filter(({ address }) => isAllowed(address, near));
			const [first] = allowed;
			if (!first) return callback(new ForbiddenAddress(refusal(hostname)), '', 4);
			if (options.all) return callback(null, allowed);
			callback(null, first.address, first.family);
		});
	};
}
