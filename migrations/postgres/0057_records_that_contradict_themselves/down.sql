-- Records that contradict themselves may have been stored since; the order is not checked again.
SELECT 1;
