"""Housing's pages: what needs me now, homes and vacancies, the pipeline, and a placement from offer to move."""
