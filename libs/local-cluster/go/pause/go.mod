module kafka-ha.local/pause

go 1.21
