import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a load has one producer and several consumers do. A command is `ID NAME ARGUMENT…`, its answer `done ID …` or
 * `failed ID REASON`:
 *
 * <ul>
 *   <li>`open TOPIC CLIENT`: the producer, done once it knows the topic. CLIENT begins the clients' ids.
 *   <li>`send PARTITION VALUE`: a record, its value in base64, done with its offset. It waits for none before it.
 *   <li>`join MEMBER GROUP`: a consumer, done at once. What happens to it is told as `Member` says.
 *   <li>`commit MEMBER`: what that consumer has told of. Done with PARTITION:OFFSET,… and, where that failed, the reason.
 *   <li>`leave MEMBER`: done once it has left its group.
 * </ul>
 */
final class Session {
    private final Wire wire;
    private final Properties producerSettings;
    private final Properties consumerSettings;
    private final Map<String, Member> members = new HashMap<>();
    private KafkaProducer<byte[], byte[]> producer;
    private String topic;
    private String client;
    private boolean hasWritten;

    Session(Wire wire, Properties producerSettings, Properties consumerSettings) {
        this.wire = wire;
        this.producerSettings = producerSettings;
        this.consumerSettings = consumerSettings;
    }

    /** Until the load ends it. Returns whether it was let write. */
    boolean serve() {
        for (String[] words = wire.read(); words != null; words = wire.read()) {
            try {
                obey(words[0], words);
            } catch (KafkaException error) {
                wire.tellFailure(words[0], error);
            }
        }
        if (producer != null) producer.close(Duration.ZERO);
        for (Member member : members.values()) member.leave(() -> {});
        return hasWritten;
    }

    private void obey(String id, String[] words) {
        switch (words[1]) {
            case "open":
                open(words[2], words[3]);
                wire.tell("done", id);
                return;
            case "send":
                send(id, Integer.parseInt(words[2]), Base64.getDecoder().decode(words[3]));
                return;
            case "join":
                join(words[2], words[3]);
                wire.tell("done", id);
                return;
            case "commit":
                members.get(words[2]).commit(id);
                return;
            case "leave":
                members.get(words[2]).leave(() -> wire.tell("done", id));
                return;
            default:
                throw new IllegalArgumentException(words[1]);
        }
    }

    private void open(String topic, String client) {
        this.topic = topic;
        this.client = client;
        Properties settings = with(producerSettings, "client.id", client + "-writer");
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.partitionsFor(topic);
    }

    private void send(String id, int partition, byte[] value) {
        hasWritten = true;
        producer.send(new ProducerRecord<>(topic, partition, null, value), (metadata, error) -> {
            if (error != null) wire.tellFailure(id, error);
            else if (!metadata.hasOffset()) wire.tell("failed", id, "acknowledged without an offset");
            else wire.tell("done", id, metadata.offset());
        });
    }

    private void join(String member, String group) {
        Properties settings = with(consumerSettings, "client.id", client + "-consumer-" + member);
        settings.setProperty("group.id", group);
        Member joining = new Member(member, topic, settings, wire);
        members.put(member, joining);
        joining.start();
    }

    private static Properties with(Properties settings, String key, String value) {
        Properties copy = new Properties();
        copy.putAll(settings);
        copy.setProperty(key, value);
        return copy;
    }
}
