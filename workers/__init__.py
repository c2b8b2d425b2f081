"""Who runs the jobs: Celery around the use cases, without a business rule in it."""
