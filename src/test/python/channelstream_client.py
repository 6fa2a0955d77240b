"""A web application's side of channelstream, written against its HTTP API with `requests` and nothing else.

usage: channelstream_client.py http://127.0.0.1:8001 SECRET

It knows nothing of Pocketsocket: what it does here it does with channelstream's own server, too. Where channelstream's
versions differ it reads what both have. Ends with 0 and "all is well", or with the assertion that failed.
"""

import base64
import hashlib
import hmac
import json
import sys
import threading
import time
import uuid

import requests

SERVER, SECRET = sys.argv[1].rstrip('/'), sys.argv[2]


def signature(path):
    """As the first version signed its requests: the path and the time, under HMAC-SHA256."""
    now = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), (path + '.' + now).encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode() + '.' + now


def stamp(value=b'channelstream'):
    """As the later versions sign them: itsdangerous.TimestampSigner, by hand."""
    encode = lambda data: base64.urlsafe_b64encode(data).rstrip(b'=')
    seconds = int(time.time())
    value += b'.' + encode(seconds.to_bytes((seconds.bit_length() + 7) // 8, 'big'))
    key = hashlib.sha1(b'itsdangerous.Signer' + b'signer' + SECRET.encode()).digest()
    return (value + b'.' + encode(hmac.new(key, value, hashlib.sha1).digest())).decode()


def post(path, payload, secret=None):
    headers = {'x-channelstream-secret': secret or signature(path), 'x-channelstream-endpoint': path,
               'Content-Type': 'application/json'}
    return requests.post(SERVER + path, data=json.dumps(payload), headers=headers, timeout=20)


def call(path, payload, secret=None):
    response = post(path, payload, secret)
    assert response.status_code == 200, (path, response.status_code, response.text)
    return response.json()


class Listener(threading.Thread):
    """A browser's long poll."""

    def __init__(self, conn_id):
        super().__init__(daemon=True)
        self.conn_id, self.got, self.over, self.status = conn_id, [], False, None
        self.start()

    def run(self):
        while not self.over:
            response = requests.get(SERVER + '/listen', params={'conn_id': self.conn_id}, timeout=20)
            self.status = response.status_code
            if self.status != 200:
                return
            self.got += response.json()

    def texts(self):
        return [item['message']['text'] for item in self.got if item['type'] == 'message']

    def waits_for(self, *texts):
        deadline = time.time() + 15
        while not set(texts) <= set(self.texts()):
            assert time.time() < deadline, (texts, self.got)
            time.sleep(0.05)


def say(text, **to):
    return dict({'user': 'system', 'message': {'text': text}}, **to)


def main():
    room, other = 'room_' + uuid.uuid4().hex, 'other_' + uuid.uuid4().hex
    ada, bob = 'ada_' + uuid.uuid4().hex, 'bob_' + uuid.uuid4().hex
    one, two, three = (str(uuid.uuid4()) for _ in range(3))

    # connect: the seed's spelling, the later one, each kind of signature
    answer = call('/connect', {'user': ada, 'conn_id': one, 'channels': [room]})
    assert answer['conn_id'] == one and 'status' in answer
    answer = call('/connect', {'username': ada, 'conn_id': two, 'channels': [other],
                               'fresh_user_state': {'color': 'red'}, 'state_public_keys': ['color']}, stamp())
    assert answer['username'] == ada and answer['channels'] == [other]
    answer = call('/connect', {'username': bob, 'conn_id': three, 'channels': [room]})
    assert sorted(answer['channels_info']['channels'][room]['users']) == sorted([ada, bob])
    first, second, third = Listener(one), Listener(two), Listener(three)

    # message: to a channel, one or a list
    call('/message', say('to the channel', channel=room))
    call('/message', [say('in a list', channel=room), say('and another', channel=room)], stamp())
    first.waits_for('to the channel', 'in a list', 'and another')
    third.waits_for('to the channel', 'in a list', 'and another')
    assert first.texts() == ['to the channel', 'in a list', 'and another'], first.texts()
    assert second.texts() == []

    # pm_users: with a channel and without
    call('/message', [say('to ada here', channel=room, pm_users=[ada])])
    call('/message', [say('to ada', pm_users=[ada])])
    call('/message', [say('to nobody'), say('to who is not there', pm_users=['nobody'], channel='none')])
    first.waits_for('to ada here', 'to ada')
    second.waits_for('to ada')
    assert second.texts() == ['to ada'], second.texts()

    # subscribe
    answer = call('/subscribe', {'conn_id': three, 'channels': [other]})
    assert answer['channels'] == sorted([room, other]) and answer['subscribed_to'] == [other]
    call('/message', [say('to the other', channel=other)])
    second.waits_for('to the other')
    third.waits_for('to the other')
    assert 'to ada' not in ''.join(third.texts()) and 'to the other' not in first.texts()
    assert post('/subscribe', {'conn_id': 'nobody', 'channels': [other]}).status_code == 403

    # user_status and info
    call('/user_status', {'user': ada, 'status': 2})
    info = call('/info', {'channels': [room]})
    assert list(info['channels']) == [room]
    assert set(info['channels'][room]['users']) == {ada, bob}
    assert info['channels'][room]['users'][ada]['status'] == 2
    assert room in call('/info', {'channels': []})['channels']
    assert call('/info', {'info': {'channels': [room]}})['channels'][room]['total_users'] == 2

    # unsubscribe, disconnect
    assert call('/unsubscribe', {'conn_id': three, 'channels': [other]})['unsubscribed_from'] == [other]
    call('/disconnect', {'conn_id': three})
    third.join(15)
    assert third.status == 401, third.status

    # what is not signed is refused
    assert requests.post(SERVER + '/info', data='{}', timeout=20).status_code == 403
    assert post('/info', {}, signature('/message')).status_code == 401
    first.over = second.over = True
    print('all is well')


main()
