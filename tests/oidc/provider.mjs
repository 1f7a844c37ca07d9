// SPDX-License-Identifier: GPL-3.0-or-later
// A certified OpenID provider, and a person in front of it.  What the person does
// depends on the client: approve, slow, deny, expire, reused.
import { Provider } from 'oidc-provider';

const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const secrets = { approve: 'a secret & more' };
const names = ['approve', 'slow', 'deny', 'expire', 'reused'];

const provider = new Provider(issuer, {
	clients: names.map((name) => ({
		client_id: name,
		...(secrets[name] ? { client_secret: secrets[name] } :
			{ token_endpoint_auth_method: 'none' }),
		application_type: 'native',
		grant_types: [deviceGrant],
		response_types: [],
		redirect_uris: [],
	})),
	claims: { openid: ['sub'], profile: ['preferred_username'] },
	conformIdTokenClaims: false,
	features: { deviceFlow: { enabled: true } },
	findAccount: (ctx, id) => ({
		accountId: id,
		claims: () => ({ sub: id, preferred_username: id }),
	}),
	ttl: {
		DeviceCode: (ctx, code, client) => client.clientId === 'expire' ? 8 : 600,
		Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600,
	},
});

// A browser: cookies, redirects one by one.
function browser() {
	const jar = new Map();

	return async function go(url, form) {
		for (;;) {
			const answer = await fetch(url, {
				redirect: 'manual',
				method: form ? 'POST' : 'GET',
				headers: { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') },
				body: form && new URLSearchParams(form),
			});

			for (const line of answer.headers.getSetCookie()) {
				const [pair] = line.split(';');
				const at = pair.indexOf('=');
				jar.set(pair.slice(0, at), pair.slice(at + 1));
			}
			const next = answer.headers.get('location');
			if (!next)
				return { url, text: await answer.text() };
			url = new URL(next, url).href;
			form = undefined;
		}
	};
}

const xsrf = (page) => page.text.match(/name="xsrf" value="([^"]+)"/)[1];

// Type the code, confirm or not, say who one is, and agree.
async function person(userCode, agrees) {
	const go = browser();
	let page = await go(`${issuer}/device?user_code=${userCode}`);

	page = await go(`${issuer}/device`, { xsrf: xsrf(page), user_code: userCode,
		...(agrees ? { confirm: 'yes' } : { abort: 'yes' }) });
	while (page.url.includes('/interaction/')) {
		const prompt = page.text.includes('value="login"') ? 'login' : 'consent';
		page = await go(page.url, prompt === 'login' ?
			{ prompt, login: 'a.lefevre', password: 'x' } : { prompt });
	}
}

const codes = new Map();                // user codes by device code
provider.on('device_authorization.success', (ctx, body) => {
	codes.set(body.device_code, body.user_code);
});

// Once the desk has been told to wait, the person does something.
async function act(client, deviceCode) {
	const userCode = codes.get(deviceCode);

	codes.delete(deviceCode);
	if (!userCode || client === 'expire')
		return;
	await person(userCode, client !== 'deny');
	if (client === 'reused')
		await fetch(`${issuer}/token`, { method: 'POST',
			body: new URLSearchParams({ grant_type: deviceGrant,
				client_id: client, device_code: deviceCode }) });
}

const slowed = new Set();
provider.use(async (ctx, next) => {
	await next();
	if (ctx.path !== '/token' || ctx.body?.error !== 'authorization_pending')
		return;
	const client = ctx.oidc.client.clientId;
	const deviceCode = ctx.oidc.params.device_code;

	if (client === 'slow' && !slowed.has(deviceCode)) {
		slowed.add(deviceCode);
		ctx.body = { error: 'slow_down' };
		return;
	}
	act(client, deviceCode).catch((why) => {
		console.error(why);
		process.exit(1);
	});
});

provider.on('server_error', (ctx, why) => console.error(why));
provider.listen(port, '127.0.0.1', () => console.log('ready'));
