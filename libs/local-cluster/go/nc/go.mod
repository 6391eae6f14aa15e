module kafka-ha.local/nc

go 1.21
