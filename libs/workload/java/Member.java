import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer of a group, in the one thread that may use it. It tells `joined MEMBER GENERATION PARTITION,…` with all that it is
 * assigned, and of each record `read MEMBER PARTITION OFFSET LEADER-EPOCH VALUE`: -1 where there is no epoch, the value in base64.
 */
final class Member extends Thread implements ConsumerRebalanceListener {
    /** A command waits no longer. */
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final String name;
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Wire wire;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private boolean hasLeft;

    Member(String name, String topic, Properties settings, Wire wire) {
        this.name = name;
        this.topic = topic;
        this.wire = wire;
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        setDaemon(true);
    }

    @Override
    public void run() {
        consumer.subscribe(List.of(topic), this);
        while (!hasLeft) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) tell(record);
            for (Runnable command = commands.poll(); command != null; command = commands.poll()) command.run();
        }
    }

    /** The consumer goes on reading meanwhile. */
    void commit(String id) {
        commands.add(() -> consumer.commitAsync((offsets, error) -> {
            if (error == null) wire.tell("done", id, asWord(offsets));
            else wire.tell("done", id, asWord(offsets), Wire.oneLine(error));
        }));
    }

    void leave(Runnable onLeft) {
        commands.add(() -> {
            hasLeft = true;
            consumer.close(LEAVE);
            onLeft.run();
        });
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        String partitions = consumer.assignment().stream()
                .map(assigned -> String.valueOf(assigned.partition()))
                .collect(Collectors.joining(","));
        wire.tell("joined", name, consumer.groupMetadata().generationId(), partitions);
    }

    /** What is not committed yet is read again by whoever is assigned it next. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {}

    private void tell(ConsumerRecord<byte[], byte[]> record) {
        String value = record.value() == null ? "" : Base64.getEncoder().encodeToString(record.value());
        wire.tell("read", name, record.partition(), record.offset(), record.leaderEpoch().orElse(-1), value);
    }

    private static String asWord(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .map(entry -> entry.getKey().partition() + ":" + entry.getValue().offset())
                .collect(Collectors.joining(","));
    }
}
