package main

import "context"

func measureTruth(ctx context.Context, b *bench, st *stage) ([]figure, error) { return nil, nil }
