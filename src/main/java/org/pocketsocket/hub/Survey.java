package org.pocketsocket.hub;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a hub has at this moment, found by walking through its peers: for who looks now and then.
 *
 * @param connections by transport
 * @param subscriptions memberships of all peers
 * @param queued bytes that wait in all outboxes
 * @param longest bytes that wait in the fullest
 */
public record Survey(
        Map<String, Integer> connections,
        int users,
        int channels,
        int rooms,
        int subscriptions,
        long queued,
        int longest) {

    /** A channel that is at work. */
    public record Channel(String name, int members, int rooms) {}

    /** A room of one. */
    public record Room(String name, int members) {}

    /**
     * A peer.
     *
     * @param queued bytes that wait for it
     */
    public record Connection(
            String id, String user, String address, String transport, List<String> channels, int queued) {}

    static Survey of(Iterable<Peer> peers, Iterable<LiveChannel> live, int users) {
        Map<String, Integer> connections = new TreeMap<>();
        int subscriptions = 0;
        long queued = 0;
        int longest = 0;
        for (Peer peer : peers) {
            connections.merge(peer.transport(), 1, Integer::sum);
            subscriptions += peer.memberships.size();
            queued += peer.queued();
            longest = Math.max(longest, peer.queued());
        }
        int channels = 0;
        int rooms = 0;
        for (LiveChannel channel : live) {
            channels++;
            rooms += channel.rooms.size();
        }
        return new Survey(connections, users, channels, rooms, subscriptions, queued, longest);
    }

    static Channel of(LiveChannel channel) {
        return new Channel(channel.name(), channel.members.size(), channel.rooms.size());
    }

    static Connection of(Peer peer) {
        List<String> channels =
                peer.memberships.keySet().stream().sorted().limit(20).toList();
        return new Connection(
                peer.id, peer.identity().name(), peer.caller().toString(), peer.transport(), channels, peer.queued());
    }
}
